/** @typedef {import('./emoji-layers.mjs').Emoji} Emoji */

/** As `glyph-table.ts` keeps tops. */
const TOP_OFFSET = 100
const MOST_IN_RUN = 35

/**
 * Coloured emoji as text: the palette in the first line, all emoji in the second. Of an emoji: its code points in base 36, its top
 * in two digits, and runs of layers whose glyphs follow each other: the first glyph in three digits, the count in one,
 * and the colour of each layer in two.
 * @param {{ palette: readonly string[], emoji: readonly Emoji[] }} font
 */
export function packEmoji({ palette, emoji }) {
  const packed = emoji.map(({ text, top, layers }) => {
    const points = Array.from(text, (character) => (character.codePointAt(0) ?? 0).toString(36)).join('.')
    return `${points}|${digits(top + TOP_OFFSET, 2)}${runsOf(layers).map(packRun).join('')}`
  })
  return `${palette.join('')}\n${packed.join(' ')}`
}

/** @param {Emoji['layers']} layers */
function runsOf(layers) {
  /** @type {Emoji['layers'][]} */
  const runs = []
  for (const layer of layers) {
    const last = runs.at(-1)
    const follows = last !== undefined && last.length < MOST_IN_RUN && last.at(-1)?.glyph === layer.glyph - 1
    if (follows) last.push(layer)
    else runs.push([layer])
  }
  return runs
}

/** @param {Emoji['layers']} run */
function packRun(run) {
  const colors = run.map(({ color }) => digits(color, 2))
  return `${digits(run[0]?.glyph ?? 0, 3)}${digits(run.length, 1)}${colors.join('')}`
}

/**
 * @param {number} value
 * @param {number} length
 */
function digits(value, length) {
  return value.toString(36).padStart(length, '0')
}
