import { EMOJI_FAMILY, FALLBACK_FAMILIES, type Font, isOfSigns, shippedFont } from './fonts.js'
import { graphemesOf } from './graphemes.js'
import { isDrawn } from './missing-glyphs.js'

/** A part of a text that is set in one font. */
export interface FontRun {
  readonly text: string
  readonly font: Font
}

/** What the font of emoji joins to one sign: keycaps, flags, families, and letters that ask to be emoji. */
const EMOJI = /^(?:\p{Emoji_Presentation}|.\ufe0f)|[\u200d\u20e3]/su
const PICTOGRAPH = /\p{Emoji}/u

/** Blanks and signs of all scripts stay in the font of the letter before them. */
const SHARED = /^[\p{Script=Common}\p{Script=Inherited}]+$/u

/** ASCII needs no fonts but one. */
const PLAIN = /^[\u0000-\u007f]*$/

/**
 * The runs of a text: each grapheme in the font of the text if it has it, or else in the first shipped one that does.
 * libass would find these fonts, too, but it would draw each as high as the text's own font is from ascent to descent,
 * and the letters of some scripts would be half as large as others.
 */
export function fontRuns(text: string, main: Font): FontRun[] {
  if (PLAIN.test(text) && Array.from(text).every((letter) => !isDrawn(letter) || hasLetter(main, letter))) {
    return [{ text, font: main }]
  }
  const runs: { text: string; font: Font }[] = []
  // The font of the last letter, while nothing but what is shared comes after it.
  let ofLetter: Font | null = null
  for (const segment of graphemesOf(text)) {
    const last = runs.at(-1)
    const font = fontOfGrapheme(segment, main, ofLetter)
    if (font !== ofLetter) ofLetter = null
    if (/\p{L}/u.test(segment)) ofLetter = font
    if (last?.font === font) last.text += segment
    else runs.push({ text: segment, font })
  }
  return runs
}

function fontOfGrapheme(grapheme: string, main: Font, current: Font | null): Font {
  const points = Array.from(grapheme).filter(isDrawn).map(pointOf)
  if (points.length === 0) return current ?? main
  const hasAll = ({ glyphs }: Font) => points.every((point) => glyphs.has(point))
  if (EMOJI.test(grapheme) && PICTOGRAPH.test(grapheme) && !isOwnFont(main, points)) {
    return shippedFont(EMOJI_FAMILY)
  }
  if (current && !isOfSigns(current) && SHARED.test(grapheme) && hasAll(current)) return current
  return firstFont(main, hasAll) ?? fontOfPoint(points[0] ?? 0, main)
}

/** A font of the user's that has emoji of its own. */
function isOwnFont(main: Font, points: readonly number[]): boolean {
  return !FALLBACK_FAMILIES.includes(main.family) && points.every((point) => main.glyphs.has(point))
}

/** The font that draws a character; the text's own when none does. */
export function fontOfPoint(point: number, main: Font): Font {
  const isEmoji = /\p{Emoji_Presentation}/u.test(String.fromCodePoint(point))
  if (isEmoji && !isOwnFont(main, [point])) return shippedFont(EMOJI_FAMILY)
  return firstFont(main, ({ glyphs }) => glyphs.has(point)) ?? main
}

/** Fonts are unpacked only as far as it is necessary. */
function firstFont(main: Font, suits: (font: Font) => boolean): Font | null {
  if (suits(main)) return main
  const family = FALLBACK_FAMILIES.find((name) => suits(shippedFont(name)))
  return family === undefined ? null : shippedFont(family)
}

function hasLetter({ glyphs }: Font, letter: string): boolean {
  return glyphs.has(pointOf(letter))
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
