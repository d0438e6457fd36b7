// Writes src/plan/text/glyph-ranges.ts: the characters that the shipped fonts have. Run it after a change of fonts;
// with --check it compares and writes nothing.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { codePoints } from './fonts/code-points.mjs'

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
  /** @type {Set<number>} */
  const points = new Set()
  for (const name of readdirSync(fontsDir)) {
    for (const point of codePoints(readFileSync(join(fontsDir, name)))) points.add(point)
  }
  return [...points].sort((a, b) => a - b)
}

/**
 * Ranges as base 36 `gap.length`, the gap counted from the end of the range before.
 * @param {number[]} points
 */
function encode(points) {
  /** @type {{ start: number, end: number }[]} */
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

/** @param {string[]} ranges */
function moduleText(ranges) {
  /** @type {string[]} */
  const lines = []
  for (const range of ranges) {
    const longer = `${lines.at(-1)} ${range}`
    if (lines.length > 0 && longer.length < 100) lines[lines.length - 1] = longer
    else lines.push(range)
  }
  return [
    '/** Made by scripts/glyph-ranges.mjs from the shipped fonts: ranges of code points, base 36 `gap.length`. */',
    `export const GLYPH_RANGES = \`\n${lines.join('\n')}\n\``,
    '',
  ].join('\n')
}
