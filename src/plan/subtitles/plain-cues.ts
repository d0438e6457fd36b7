import { type Cue, DEFAULT_POSITION, PLAIN, positionOfKey } from './cue.js'
import type { AssFile } from './parse-ass.js'

const BLOCK = /\{[^}]*\}/g

/** The text of an event of an ASS file, without its overrides and drawings. */
export function plainText(text: string): string {
  let isDrawing = false
  const runs = text.split(/(\{[^}]*\})/).filter((run) => {
    if (!run.startsWith('{')) return !isDrawing
    const mode = [...run.matchAll(/\\p\s*\(?\s*(\d)/g)].at(-1)?.[1]
    if (mode !== undefined) isDrawing = mode !== '0'
    return false
  })
  return runs
    .join('')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, '\u00a0')
}

/** The events of an ASS file as cues, for another style. Of its own styles, only `\\an` is kept. */
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
    const position = key ? positionOfKey(Number(key)) : DEFAULT_POSITION
    return [{ startMs: startCs * 10, endMs: endCs * 10, spans: [{ text: said, style: PLAIN }], position }]
  })
}
