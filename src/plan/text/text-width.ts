import { colourEmoji } from './colour-emoji.js'
import { fontOfPoint, fontRuns } from './font-runs.js'
import { EMOJI_FAMILY, type Font } from './fonts.js'
import type { GlyphSize } from './glyph-table.js'
import { graphemesOf } from './graphemes.js'

/** How much wider than plain letters bold ones are. */
const BOLD = 1.1

/** What an emoji is made of besides its first character. */
const JOINED = /\u200d\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}\u20e3]/gu
const FLAG = /(\p{RI})\p{RI}/gu

const ASCII = /^[\0-\u007f]*$/

/** A character that no font has is drawn as a box. */
const BOX: GlyphSize = { width: 60, top: 71 }

const NO_SIZE: GlyphSize = { width: 0, top: null }

/**
 * The width of a text set in one line, in em: the sum of what its letters take. Kerning and ligatures make it a little
 * narrower; letters of scripts that join change by some per cent.
 */
export function widthOf(text: string, font: Font, isBold: boolean): number {
  let width = 0
  for (const character of ASCII.test(text) ? text : text.replace(JOINED, '').replace(FLAG, '$1')) {
    width += sizeOf(character, font).width
  }
  return (isBold ? width * BOLD : width) / 100
}

/**
 * The upper edge of the tallest letter of a text above its base line, in em; null: it has no ink.
 * @param isColoured whether emoji are drawn in colours, and then not in the shapes of Noto Emoji
 */
export function inkTop(text: string, font: Font, isColoured = false): number | null {
  let top: number | null = null
  for (const sign of new Set(isColoured ? graphemesOf(text) : text)) {
    const own = isColoured ? topOf(sign, font) : sizeOf(sign, font).top
    if (own !== null && (top === null || own > top)) top = own
  }
  return top === null ? null : top / 100
}

function topOf(grapheme: string, font: Font): number | null {
  const [run] = fontRuns(grapheme, font)
  const emoji = run?.font.family === EMOJI_FAMILY ? colourEmoji(grapheme) : null
  const own = inkTop(grapheme, font)
  return emoji ? emoji.top : own === null ? null : own * 100
}

/** Texts have few different characters. */
const known = new WeakMap<Font, Map<string, GlyphSize>>()

function sizeOf(character: string, font: Font): GlyphSize {
  const ofFont = known.get(font) ?? new Map<string, GlyphSize>()
  known.set(font, ofFont)
  const found = ofFont.get(character)
  if (found) return found
  const size = findSize(character, font)
  ofFont.set(character, size)
  return size
}

function findSize(character: string, font: Font): GlyphSize {
  if (/[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u.test(character)) return NO_SIZE
  const point = character.codePointAt(0) ?? 0
  return fontOfPoint(point, font).glyphs.get(point) ?? BOX
}
