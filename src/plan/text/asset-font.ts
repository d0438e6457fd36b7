import type { FontFacts, GlyphRange } from '../model/font-facts.js'
import { ASSET_FAMILY, type Font } from './fonts.js'
import type { GlyphSize, GlyphTable } from './glyph-table.js'

/** A font of the user's, as text is set in it. */
export function assetFont(facts: FontFacts): Font {
  const { lineHeight, ascent } = facts
  return { family: ASSET_FAMILY, lineHeight, ascent, glyphs: tableOf(facts) }
}

function tableOf({ characters, widths, tops }: FontFacts): GlyphTable {
  const get = (point: number): GlyphSize | undefined => {
    const range = rangeOf(point, characters)
    if (!range) return undefined
    const glyph = range.glyph + point - range.start
    return { width: at(widths, glyph) ?? 0, top: at(tops, glyph) ?? null }
  }
  return { get, has: (point) => rangeOf(point, characters) !== null }
}

/** The last value counts for all that follow. */
function at<Value>(values: readonly Value[], index: number): Value | undefined {
  return values[Math.min(index, values.length - 1)]
}

function rangeOf(point: number, ranges: readonly GlyphRange[]): GlyphRange | null {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (point < (ranges[middle]?.end ?? 0)) high = middle
    else low = middle + 1
  }
  const range = ranges[low]
  return range && point >= range.start ? range : null
}
