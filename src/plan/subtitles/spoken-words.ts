import type { Cue, Span } from './cue.js'

/** A cue with more parts is a page of text, and no words that are followed. Each part is drawn with all others. */
export const MAX_WORDS = 200

/**
 * A cue for each time at which another word of it is spoken, with that word in a colour of its own; the cue itself
 * when its file does not say when its words are spoken.
 * @param color null: nothing is highlighted
 */
export function spokenWords(cue: Cue, color: string | null): Cue[] {
  const times = spokenTimes(cue)
  const starts = [...new Set(times)].sort((a, b) => a - b)
  if (color === null || starts.length > MAX_WORDS || cue.spans.every(({ fromMs }) => fromMs === undefined)) {
    return [cue]
  }
  const first = starts[0] ?? cue.startMs
  const silent = first > cue.startMs ? [{ ...cue, endMs: first }] : []
  const spoken = starts.map((startMs, index) => {
    const spans = cue.spans.map((span, at) => (times[at] === startMs ? highlighted(span, color) : span))
    return { ...cue, startMs, endMs: starts[index + 1] ?? cue.endMs, spans }
  })
  return [...silent, ...spoken].filter(({ startMs, endMs }) => endMs > startMs)
}

/** When each span is spoken, within the times of the cue. */
export function spokenTimes({ spans, startMs, endMs }: Cue): number[] {
  let latest = startMs
  return spans.map(({ fromMs }) => {
    latest = Math.min(Math.max(fromMs ?? latest, startMs), endMs)
    return latest
  })
}

function highlighted(span: Span, color: string): Span {
  return { ...span, style: { ...span.style, color } }
}
