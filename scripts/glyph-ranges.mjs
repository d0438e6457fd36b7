// Writes src/plan/text/glyph-ranges.ts: the characters that the shipped fonts have. Run it after a change of fonts;
// with --check it compares and writes nothing.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const fontsDir = join(root, 'dist', 'fonts')
const target = join(root, 'src', 'plan', 'text', 'glyph-ranges.ts')

const wanted = moduleText(encode(coverage()))
if (!process.argv.includes('--check')) {
  writeFileSync(target, wanted)
} else if (readFileSync(target, 'utf8') !== wanted) {
  console.error(
    'src/plan/text/glyph-ranges.ts is not what the fonts say: run "node scripts/glyph-ranges.mjs".',
  )
  process.exitCode = 1
}

/** Ascending code points that have a glyph in any font. */
function coverage() {
  const points = new Set()
  for (const name of readdirSync(fontsDir)) {
    for (const point of characters(readFileSync(join(fontsDir, name)))) points.add(point)
  }
  return [...points].sort((a, b) => a - b)
}

/** Ranges as base 36 `gap.length`, the gap counted from the end of the range before. */
function encode(points) {
  const ranges = []
  for (const point of points) {
    const last = ranges.at(-1)
    if (last?.end === point) last.end += 1
    else ranges.push({ start: point, end: point + 1 })
  }
  return ranges.map(({ start, end }, index) => {
    const gap = start - (ranges[index - 1]?.end ?? 0)
    return `${gap.toString(36)}.${(end - start).toString(36)}`
  })
}

function moduleText(ranges) {
  const lines = []
  for (const range of ranges) {
    if (lines.length > 0 && `${lines.at(-1)} ${range}`.length < 100) lines.push(`${lines.pop()} ${range}`)
    else lines.push(range)
  }
  return [
    '/** Made by scripts/glyph-ranges.mjs from the shipped fonts: ranges of code points, base 36 `gap.length`. */',
    `export const GLYPH_RANGES = \`\n${lines.join('\n')}\n\``,
    '',
  ].join('\n')
}

/** The code points of the best Unicode table (https://learn.microsoft.com/typography/opentype/spec/cmap). */
function characters(bytes) {
  const cmap = tableOffset(bytes, 'cmap')
  const offsets = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + bytes.readUInt32BE(cmap + 4 + 8 * index + 4)
  })
  const full = offsets.find((offset) => bytes.readUInt16BE(offset) === 12)
  if (full !== undefined) return groups(bytes, full)
  const basic = offsets.find((offset) => bytes.readUInt16BE(offset) === 4)
  if (basic === undefined) throw new Error('the font has no character table of format 4 or 12')
  return segments(bytes, basic)
}

function tableOffset(bytes, tag) {
  for (let record = 12; record < 12 + 16 * bytes.readUInt16BE(4); record += 16) {
    if (bytes.toString('latin1', record, record + 4) === tag) return bytes.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

function* groups(bytes, table) {
  for (let index = 0; index < bytes.readUInt32BE(table + 12); index += 1) {
    const group = table + 16 + 12 * index
    const [start, end, glyph] = [0, 4, 8].map((field) => bytes.readUInt32BE(group + field))
    for (let point = start; point <= end; point += 1) if (glyph + point - start !== 0) yield point
  }
}

function* segments(bytes, table) {
  const twice = bytes.readUInt16BE(table + 6)
  for (let offset = 0; offset < twice; offset += 2) {
    const end = bytes.readUInt16BE(table + 14 + offset)
    const start = bytes.readUInt16BE(table + 16 + twice + offset)
    const delta = bytes.readUInt16BE(table + 16 + 2 * twice + offset)
    const rangeAt = table + 16 + 3 * twice + offset
    const range = bytes.readUInt16BE(rangeAt)
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const glyph = range === 0 ? point + delta : bytes.readUInt16BE(rangeAt + range + 2 * (point - start))
      if (glyph % 0x10000 !== 0) yield point
    }
  }
}
