import { type Cue, DEFAULT_PLACE, placeOfKey } from './cue.js'
import type { AssFile } from './parse-ass.js'

const BLOCK = /\{[^}]*\}/g

/** What an event of an ASS file says, without its styles; nothing of a drawing. */
export function plainText(text: string): string {
  let isDrawing = false
  const pieces = text.split(/(\{[^}]*\})/).filter((piece) => {
    if (!piece.startsWith('{')) return !isDrawing
    const mode = [...piece.matchAll(/\\p\s*\(?\s*(\d)/g)].at(-1)?.[1]
    if (mode !== undefined) isDrawing = mode !== '0'
    return false
  })
  return pieces
    .join('')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, '\u00a0')
}

/** An ASS file as cues that another style sets: of its own, only the place on the keypad is kept. */
export function plainCues({ events }: AssFile): Cue[] {
  return events.flatMap(({ startCs, endCs, text }) => {
    const said = plainText(text)
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim()
    if (said === '') return []
    const overrides = (text.match(BLOCK) ?? []).join('')
    const key = /\\an([1-9])/.exec(overrides)?.[1]
    const place = key ? placeOfKey(Number(key)) : DEFAULT_PLACE
    return [{ startMs: startCs * 10, endMs: endCs * 10, spans: [{ text: said, style: PLAIN }], place }]
  })
}

const PLAIN = { bold: false, italic: false, underline: false, strike: false, color: null }
