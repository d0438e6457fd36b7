import { FALLBACK_FAMILIES, shippedFont } from './fonts.js'
import type { GlyphTable } from './glyph-table.js'

/** Characters that are not drawn: blanks, controls, joiners, marks of direction and variation selectors. */
const UNDRAWN = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u

export function isDrawn(character: string): boolean {
  return !UNDRAWN.test(character)
}

const MAX_NAMED = 20

const NONE: GlyphTable = new Map()

/**
 * The characters of a text that neither its own font nor a shipped one has, each once, in the order of the
 * text.
 * @param own characters of the text's own font, when that is not a shipped one
 */
export function missingCharacters(text: string, own: GlyphTable = NONE): string[] {
  return [...new Set(text.match(/[^]/gu))].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return isDrawn(character) && !own.has(point) && !isShipped(point)
  })
}

function isShipped(point: number): boolean {
  return FALLBACK_FAMILIES.some((family) => shippedFont(family).glyphs.has(point))
}

/** `A (U+0041), B (U+0042) and 3 more`. */
export function nameCharacters(characters: readonly string[]): string {
  const named = characters.slice(0, MAX_NAMED).map(nameCharacter).join(', ')
  const more = characters.length - MAX_NAMED
  return more > 0 ? `${named} and ${more} more` : named
}

/** Half a surrogate pair has a number but no shape to show. */
function nameCharacter(character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return /\p{Surrogate}/u.test(character) ? number : `${character} (${number})`
}
