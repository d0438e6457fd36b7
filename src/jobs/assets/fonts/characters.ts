import type { GlyphRange } from '../../../plan/model/font-facts.js'

interface Subtable {
  /** Offset of the entry in the table `cmap`. */
  readonly record: number
  readonly platform: number
  readonly encoding: number
  readonly format: number
  readonly bytes: Buffer
}

const UNICODE = 0
const WINDOWS = 3
const WINDOWS_BMP = 1
const WINDOWS_FULL = 10

const SEGMENTS = 4
const GROUPS = 12

/** Real fonts have up to ten. */
const MAX_SUBTABLES = 64

const MAX_CODE_POINT = 0x10ffff

/**
 * The characters that a font has a glyph for (https://learn.microsoft.com/typography/opentype/spec/cmap).
 * @throws RangeError when the table is broken or has no subtable of Unicode characters
 */
export function readCharacters(cmap: Buffer, glyphCount: number): readonly GlyphRange[] {
  const subtable = bestSubtable(cmap)
  return subtable.format === GROUPS
    ? readGroups(subtable.bytes, glyphCount)
    : readSegments(subtable.bytes, glyphCount)
}

/**
 * Offsets of the entries that must be hidden from libass, which takes the first subtable of Windows: that one lacks the
 * characters above U+FFFF. None when the font has no full subtable.
 */
export function shortSubtables(cmap: Buffer): readonly number[] {
  const subtables = listSubtables(cmap)
  const hasFull = subtables.some((subtable) => isFull(subtable))
  return hasFull ? subtables.filter((subtable) => isWindowsBmp(subtable)).map(({ record }) => record) : []
}

function bestSubtable(cmap: Buffer): Subtable {
  const subtables = listSubtables(cmap)
  const unicode = subtables.filter(({ platform }) => platform === UNICODE)
  const best =
    subtables.find(isFull) ??
    subtables.find(isWindowsBmp) ??
    unicode.find(({ format }) => format === GROUPS) ??
    unicode.find(({ format }) => format === SEGMENTS)
  if (!best) throw new RangeError('no table of Unicode characters')
  return best
}

function isFull({ platform, encoding, format }: Subtable): boolean {
  return platform === WINDOWS && encoding === WINDOWS_FULL && format === GROUPS
}

function isWindowsBmp({ platform, encoding, format }: Subtable): boolean {
  return platform === WINDOWS && encoding === WINDOWS_BMP && (format === SEGMENTS || format === GROUPS)
}

function listSubtables(cmap: Buffer): Subtable[] {
  const count = cmap.readUInt16BE(2)
  if (count > MAX_SUBTABLES) throw new RangeError(`${count} tables of characters`)
  return Array.from({ length: count }, (_, index) => {
    const record = 4 + 8 * index
    const bytes = cmap.subarray(cmap.readUInt32BE(record + 4))
    return {
      record,
      platform: cmap.readUInt16BE(record),
      encoding: cmap.readUInt16BE(record + 2),
      format: bytes.readUInt16BE(0),
      bytes,
    }
  })
}

/** Reads subtables of format 12. Their groups must ascend, so there cannot be more groups than characters. */
function readGroups(bytes: Buffer, glyphCount: number): GlyphRange[] {
  const ranges: GlyphRange[] = []
  let position = 0
  for (let index = 0; index < bytes.readUInt32BE(12); index += 1) {
    const group = 16 + 12 * index
    const [start, last] = [bytes.readUInt32BE(group), bytes.readUInt32BE(group + 4)]
    const glyph = bytes.readUInt32BE(group + 8)
    if (start < position || last < start || last > MAX_CODE_POINT) throw new RangeError('disorder')
    position = last + 1
    // Glyph 0 is the box that stands for missing characters.
    const skipped = glyph === 0 ? 1 : 0
    const range = {
      start: start + skipped,
      end: Math.min(position, start + glyphCount - glyph),
      glyph: glyph + skipped,
    }
    if (range.end > range.start) ranges.push(range)
  }
  return ranges
}

function readSegments(bytes: Buffer, glyphCount: number): GlyphRange[] {
  const twice = bytes.readUInt16BE(6) & ~1
  const [ends, starts, deltas, ranges] = [0, 1, 2, 3].map((n) => 14 + n * twice + (n > 0 ? 2 : 0))
  const found: GlyphRange[] = []
  let position = 0
  for (let offset = 0; offset < twice; offset += 2) {
    const read = (array = 0) => bytes.readUInt16BE(array + offset)
    const [end, start, delta, range] = [read(ends), read(starts), read(deltas), read(ranges)]
    // Segments in disorder could make us walk the same characters again and again.
    if (start < position && offset > 0) throw new RangeError('disorder')
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const at = (ranges ?? 0) + offset + range + 2 * (point - start)
      const glyph = (range === 0 ? point + delta : indirect(bytes, at, delta)) % 0x10000
      if (glyph !== 0 && glyph < glyphCount) append(found, point, glyph)
    }
    position = end + 1
  }
  return found
}

/** 0 for glyph 0 and for an entry that lies outside of the table: neither is a glyph to draw. */
function indirect(bytes: Buffer, at: number, delta: number): number {
  const glyph = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0
  return glyph === 0 ? 0 : glyph + delta
}

function append(ranges: GlyphRange[], point: number, glyph: number): void {
  const last = ranges.at(-1)
  if (last?.end === point && last.glyph + point - last.start === glyph) {
    ranges[ranges.length - 1] = { ...last, end: point + 1 }
  } else ranges.push({ start: point, end: point + 1, glyph })
}
