/** @typedef {import('./glyph-sizes.mjs').Glyph} Glyph */

/** Scripts of so many letters that their heights would fill a book: each has the height that most of its letters have. */
const UNIFORM = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Yi}]/u
const MOST = 0.9

/** As `glyph-table.ts` reads them: what is added to a top, and the value of no ink. */
const TOP_OFFSET = 100
const NO_INK = 0

/**
 * Glyphs as text: runs of code points, each with its gap from the run before and its length in base 36, then `=` for
 * sizes as in the base font, `:` and the size that all have, `;` and the size of each, or nothing for the size that most
 * glyphs of the font have, which stands in front of all runs. A size has two digits for the width and two for the top.
 * @param {readonly Glyph[]} glyphs
 * @param {readonly Glyph[]} base
 */
export function packGlyphs(glyphs, base) {
  const known = new Map(base.map((glyph) => [glyph.point, sizeOf(glyph)]))
  const sizes = levelled(glyphs).map((glyph) => ({ point: glyph.point, size: sizeOf(glyph) }))
  const common = commonest(sizes.map(({ size }) => size))
  /** @type {{ start: number, sizes: string[], kind: string }[]} */
  const runs = []
  sizes.forEach(({ point, size }, index) => {
    const isSame = (/** @type {number} */ other) => sizes[index + other]?.size === size
    const own = size === common ? '' : isSame(1) || isSame(-1) ? `:${size}` : ';'
    const kind = known.get(point) === size ? '=' : own
    const last = runs.at(-1)
    if (last?.kind === kind && last.start + last.sizes.length === point) last.sizes.push(size)
    else runs.push({ start: point, sizes: [size], kind })
  })
  return [common, ...runs.map((run, index) => packRun(run, runs[index - 1]))].join(' ')
}

/** @param {readonly string[]} sizes */
function commonest(sizes) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  const [[size] = ['']] = [...counts].sort(([, a], [, b]) => b - a)
  return size
}

/**
 * @param {{ start: number, sizes: string[], kind: string }} run
 * @param {{ start: number, sizes: string[] } | undefined} before
 */
function packRun({ start, sizes, kind }, before) {
  const gap = start - (before ? before.start + before.sizes.length : 0)
  const data = kind === ';' ? `;${sizes.join('')}` : kind
  return `${gap.toString(36)}.${sizes.length.toString(36)}${data}`
}

/** @param {readonly Glyph[]} glyphs */
function levelled(glyphs) {
  const tops = glyphs.filter(isUniform).map(({ top }) => top ?? 0)
  const most = tops.sort((a, b) => a - b)[Math.floor(tops.length * MOST)] ?? 0
  return glyphs.map((glyph) => (isUniform(glyph) ? { ...glyph, top: most } : glyph))
}

/** @param {Glyph} glyph */
function isUniform({ point, top }) {
  return top !== null && UNIFORM.test(String.fromCodePoint(point))
}

/** @param {Glyph} glyph */
function sizeOf({ width, top }) {
  const digits = (/** @type {number} */ value) => value.toString(36).padStart(2, '0')
  return digits(width) + digits(top === null ? NO_INK : Math.max(NO_INK + 1, top + TOP_OFFSET))
}
