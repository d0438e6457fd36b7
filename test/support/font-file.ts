import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { compress } from 'woff2-encoder'

export interface FontMetrics {
  readonly unitsPerEm: number
  readonly winAscent: number
  readonly winDescent: number
  readonly family: string
}

/** The bytes of a font that ships with Cutroom. */
export function shippedFont(name: string): Buffer {
  return readFileSync(`dist/fonts/${name}`)
}

/** The same font without the tables that kern letters or form ligatures. */
export function withoutShaping(font: Buffer): Buffer {
  const copy = Buffer.from(font)
  for (const tag of ['GPOS', 'GSUB']) copy.write(tag.toLowerCase(), copy.indexOf(tag, 12, 'latin1'), 'latin1')
  return copy
}

/** The widths of the letters of a font below U+10000, in em. */
export function advancesOf(font: Buffer): (letter: string) => number {
  const [cmap, hmtx] = [tableOffset(font, 'cmap'), tableOffset(font, 'hmtx')]
  const unitsPerEm = font.readUInt16BE(tableOffset(font, 'head') + 18)
  const wide = font.readUInt16BE(tableOffset(font, 'hhea') + 34)
  const offsets = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4)
  })
  const table = offsets.find((offset) => font.readUInt16BE(offset) === 4) ?? NaN
  return (letter) => {
    const glyph = glyphOf(font, table, letter.codePointAt(0) ?? 0)
    return font.readUInt16BE(hmtx + 4 * Math.min(glyph, wide - 1)) / unitsPerEm
  }
}

/** Reads a character table of format 4. */
function glyphOf(font: Buffer, table: number, point: number): number {
  const twice = font.readUInt16BE(table + 6)
  for (let offset = 0; offset < twice; offset += 2) {
    const start = font.readUInt16BE(table + 16 + twice + offset)
    if (point > font.readUInt16BE(table + 14 + offset)) continue
    if (point < start) break
    const delta = font.readUInt16BE(table + 16 + 2 * twice + offset)
    const at = table + 16 + 3 * twice + offset
    const range = font.readUInt16BE(at)
    const glyph = range === 0 ? point : font.readUInt16BE(at + range + 2 * (point - start))
    return (glyph + delta) % 0x10000
  }
  throw new Error(`the font has no U+${point.toString(16)}`)
}

/** A collection of one font: the font with its directory behind a header. */
export function asCollection(font: Buffer): Buffer {
  const header = Buffer.alloc(16)
  header.write('ttcf', 'latin1')
  header.writeUInt32BE(0x00010000, 4)
  header.writeUInt32BE(1, 8)
  header.writeUInt32BE(header.length, 12)
  const collection = Buffer.concat([header, font])
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const offset = header.length + 12 + 16 * index + 8
    collection.writeUInt32BE(collection.readUInt32BE(offset) + header.length, offset)
  }
  return collection
}

/** A copy that claims to have PostScript outlines: only the name of the table is changed. */
export function asPostScript(font: Buffer): Buffer {
  const copy = Buffer.from(font)
  copy.write('OTTO', 'latin1')
  copy.write('CFF ', copy.indexOf('glyf'), 'latin1')
  return copy
}

/** Reads what we need of a TrueType file (https://learn.microsoft.com/typography/opentype/spec/otff). */
export function readFontMetrics(file: string): FontMetrics {
  const bytes = readFileSync(file)
  const head = tableOffset(bytes, 'head')
  const os2 = tableOffset(bytes, 'OS/2')
  return {
    unitsPerEm: bytes.readUInt16BE(head + 18),
    winAscent: bytes.readUInt16BE(os2 + 74),
    winDescent: bytes.readUInt16BE(os2 + 76),
    family: readFamily(bytes, tableOffset(bytes, 'name')),
  }
}

/** The first family name, as Windows reads it. */
export function familyOf(font: Buffer): string {
  return readFamily(font, tableOffset(font, 'name'))
}

function tableOffset(bytes: Buffer, tag: string): number {
  const start = bytes.toString('latin1', 0, 4) === 'ttcf' ? bytes.readUInt32BE(12) : 0
  const count = bytes.readUInt16BE(start + 4)
  for (let index = 0; index < count; index += 1) {
    const record = start + 12 + 16 * index
    if (bytes.toString('latin1', record, record + 4) === tag) return bytes.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

const WINDOWS = 3
const FAMILY_NAME = 1

function readFamily(bytes: Buffer, table: number): string {
  const count = bytes.readUInt16BE(table + 2)
  const strings = table + bytes.readUInt16BE(table + 4)
  for (let index = 0; index < count; index += 1) {
    const record = table + 6 + 12 * index
    if (bytes.readUInt16BE(record) !== WINDOWS || bytes.readUInt16BE(record + 6) !== FAMILY_NAME) continue
    const start = strings + bytes.readUInt16BE(record + 10)
    const text = Buffer.from(bytes.subarray(start, start + bytes.readUInt16BE(record + 8)))
    return text.swap16().toString('utf16le')
  }
  throw new Error('the font has no family name')
}

/** The font as WOFF: each table deflated for itself. */
export function asWoff(font: Buffer): Buffer {
  const count = font.readUInt16BE(4)
  const header = Buffer.alloc(44 + 20 * count)
  header.write('wOFF', 0, 'latin1')
  font.copy(header, 4, 0, 4)
  header.writeUInt16BE(count, 12)
  let offset = header.length
  const bodies = Array.from({ length: count }, (_, index) => {
    const record = 12 + 16 * index
    const [checksum = 0, start = 0, length = 0] = [4, 8, 12].map((field) => font.readUInt32BE(record + field))
    const table = font.subarray(start, start + length)
    const deflated = deflateSync(table)
    const packed = deflated.length < length ? deflated : table
    font.copy(header, 44 + 20 * index, record, record + 4)
    ;[offset, packed.length, length, checksum].forEach((value, place) =>
      header.writeUInt32BE(value, 44 + 20 * index + 4 + 4 * place),
    )
    const padded = Buffer.concat([packed, Buffer.alloc(-packed.length & 3)])
    offset += padded.length
    return padded
  })
  header.writeUInt32BE(offset, 8)
  return Buffer.concat([header, ...bodies])
}

/** The font as WOFF2. */
export async function asWoff2(font: Buffer): Promise<Buffer> {
  return Buffer.from(await compress(font))
}
