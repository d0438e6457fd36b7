import type { CodeRange } from '../model/facts.js'
import { GLYPH_RANGES } from './glyph-ranges.js'

const SHIPPED: readonly CodeRange[] = decode(GLYPH_RANGES)

function decode(text: string): CodeRange[] {
  let position = 0
  return text
    .trim()
    .split(/\s+/)
    .map((range) => {
      const [gap = 0, length = 0] = range.split('.').map((digits) => Number.parseInt(digits, 36))
      const start = position + gap
      position = start + length
      return { start, end: position }
    })
}

/** Characters that are not drawn: blanks, controls, joiners, marks of direction and variation selectors. */
const UNDRAWN = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u

const MAX_NAMED = 20

/**
 * The characters of a text that neither its own font nor a shipped one has, each once, in the order of the
 * text.
 * @param own characters of the text's own font, when that is not a shipped one
 */
export function missingCharacters(text: string, own: readonly CodeRange[] = []): string[] {
  return [...new Set(text.match(/[^]/gu))].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return !UNDRAWN.test(character) && !isCovered(point, SHIPPED) && !isCovered(point, own)
  })
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

function isCovered(point: number, ranges: readonly CodeRange[]): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (point < (ranges[middle]?.end ?? 0)) high = middle
    else low = middle + 1
  }
  return point >= (ranges[low]?.start ?? Infinity)
}
