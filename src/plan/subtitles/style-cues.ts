import type { SubtitlesOperation } from '../../edit/operations/subtitles.js'
import type { Warning } from '../model/plan.js'
import { type Cue, positionOfKey } from './cue.js'
import { divideCue } from './divide-cue.js'
import { spokenWords } from './spoken-words.js'

/** The middle of the picture. */
const MIDDLE = positionOfKey(5)

/** More parts are no film's: a word every half second for 14 hours. */
export const MAX_PARTS = 100_000

/**
 * The cues as an operation shows them: in capitals, a few words at a time, with the spoken word highlighted.
 * null: they are divided into more than `MAX_PARTS`.
 */
export function styleCues(cues: readonly Cue[], op: SubtitlesOperation): Cue[] | null {
  const division = { maxWords: op.max_words ?? null, maxChars: op.max_chars ?? null }
  const parts: Cue[] = []
  for (const cue of cues) {
    const placed = op.position === 'center' ? { ...cue, position: MIDDLE } : cue
    for (const part of divideCue(op.upper_case ? inCapitals(placed, op.language) : placed, division))
      parts.push(part)
    if (isDivided(op) && parts.length > MAX_PARTS) return null
  }
  return parts.flatMap((part) => spokenWords(part, op.highlight_color ?? null))
}

function isDivided({ max_words = null, max_chars = null }: SubtitlesOperation): boolean {
  return max_words !== null || max_chars !== null
}

function inCapitals(cue: Cue, language: string): Cue {
  return { ...cue, spans: cue.spans.map((span) => ({ ...span, text: capitals(span.text, language) })) }
}

/** A language tag may be well-formed and unknown. */
function capitals(text: string, language: string): string {
  try {
    return text.toLocaleUpperCase(language)
  } catch (error) {
    if (error instanceof RangeError) return text.toUpperCase()
    throw error
  }
}

/** What becomes of an operation that goes by the times of words, when the file has none; null: it has, or need not. */
export function wordTimesWarning(op: SubtitlesOperation, cues: readonly Cue[]): Warning | null {
  const highlights = (op.highlight_color ?? null) !== null
  if (
    (!highlights && !isDivided(op)) ||
    cues.some(({ spans }) => spans.some(({ fromMs }) => fromMs !== undefined))
  )
    return null
  const whats = [
    ...(highlights ? ['no word is highlighted'] : []),
    ...(isDivided(op) ? ['cues are divided by the length of their words'] : []),
  ]
  const message = `"${op.subtitles}" does not say when its words are spoken: ${whats.join(', and ')}.`
  return { code: 'subtitles-without-word-times', message }
}
