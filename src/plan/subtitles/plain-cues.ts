import { type Cue, DEFAULT_POSITION, PLAIN, positionOfKey, type Span } from './cue.js'
import { splitBlocks } from './formats/override-blocks.js'
import type { AssFile } from './parse-ass.js'
import { MAX_WORDS } from './spoken-words.js'
import { trimSpans } from './trim-spans.js'

/** The text of an event of an ASS file, without its overrides and drawings. */
export function plainText(text: string): string {
  let isDrawing = false
  const runs = splitBlocks(text).filter((run) => {
    if (!run.isBlock) return !isDrawing
    const mode = [...run.text.matchAll(/\\p\s*(?:\(\s*)?(\d)/g)].at(-1)?.[1]
    if (mode !== undefined) isDrawing = mode !== '0'
    return false
  })
  return runs
    .map((run) => run.text)
    .join('')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, '\u00a0')
}

/** Hundredths of a second for which a syllable of karaoke is sung. */
const SYLLABLE = /\\(?:k[fot]?|K)\s*(\d{1,6})/

/** The parts of an event that are spoken one after another; one part when the file does not say. */
function spokenParts(text: string, startMs: number): Pick<Span, 'text' | 'fromMs'>[] {
  const blocks = splitSyllables(text)
  if (blocks.length > MAX_WORDS) return [{ text: plainText(text) }]
  let fromMs = startMs
  let before = ''
  return blocks.map((block) => {
    // A drawing may begin in one part and end in another.
    const said = plainText(before + block).slice(plainText(before).length)
    before += block
    const sung = SYLLABLE.exec(block)?.[1]
    const part = { text: said, ...(sung !== undefined && { fromMs }) }
    fromMs += Number(sung ?? 0) * 10
    return part
  })
}

/** The text, parted before each block that begins a syllable. */
function splitSyllables(text: string): string[] {
  const parts: string[] = []
  for (const run of splitBlocks(text)) {
    const last = parts.pop()
    if (last === undefined) parts.push(run.text)
    else if (run.isBlock && SYLLABLE.test(run.text)) parts.push(last, run.text)
    else parts.push(last + run.text)
  }
  return parts.length > 0 ? parts : ['']
}

/**
 * The events of an ASS file as cues, for another style. Of its own styles, only `\\an` and the times of karaoke are kept.
 */
export function plainCues({ events }: AssFile): Cue[] {
  return events.flatMap(({ startCs, endCs, text }) => {
    const spans = trimSpans(spokenParts(text, startCs * 10).map((part) => ({ ...part, style: PLAIN })))
    if (spans.length === 0) return []
    const overrides = splitBlocks(text)
      .flatMap((run) => (run.isBlock ? run.text : []))
      .join('')
    const key = /\\an([1-9])/.exec(overrides)?.[1]
    const position = key ? positionOfKey(Number(key)) : DEFAULT_POSITION
    return [{ startMs: startCs * 10, endMs: endCs * 10, spans, position }]
  })
}
