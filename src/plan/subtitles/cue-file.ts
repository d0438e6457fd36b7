import { LIMITS } from '../../edit/limits.js'
import { type Cue, type CueText, textOf } from './cue.js'
import { SubtitleFault } from './subtitle-fault.js'
import { trimSpans } from './trim-spans.js'

/** What was read of a file, and what could not be. */
export interface CueFile {
  readonly cues: readonly Cue[]
  readonly leftOut: readonly LeftOut[]
}

/** Something that is not shown. It goes behind `line 7`: `ends before it begins`. */
export interface LeftOut {
  /** Counted from 1. */
  readonly line: number
  readonly why: string
}

/** Gathers the cues of a file while it is read. */
export interface CueGatherer {
  readonly add: (cue: ReadCue, line: number) => void
  readonly leaveOut: (line: number, why: string) => void
  /** @throws SubtitleFault when nothing is left */
  readonly finish: () => CueFile
}

type ReadCue = Pick<Cue, 'startMs' | 'endMs'> & CueText

/** Thrown as soon as it is known: the rest of a huge file need not be read. */
function tooMany(): SubtitleFault {
  return new SubtitleFault(
    null,
    `has more than ${LIMITS.subtitleCues} cues, which is the most that is allowed`,
  )
}

/** As many lines as a message could ever need: a file of nothing else would take much memory. */
const MAX_LEFT_OUT = 1000

export function gatherCues(): CueGatherer {
  const cues: Cue[] = []
  const leftOut: LeftOut[] = []
  const leaveOut = (line: number, why: string) => {
    if (leftOut.length < MAX_LEFT_OUT) leftOut.push({ line, why })
  }
  return {
    leaveOut,
    add: ({ startMs, endMs, spans, position }, line) => {
      const cue = { startMs, endMs, spans: trimSpans(spans), position }
      const text = textOf(cue)
      if (text === '') return
      if (text.length > LIMITS.textLength)
        leaveOut(line, `has a cue of more than ${LIMITS.textLength} characters`)
      else if (cue.endMs < cue.startMs) leaveOut(line, 'has a cue that ends before it begins')
      else if (cue.endMs === cue.startMs) leaveOut(line, 'has a cue that lasts no time')
      else cues.push(cue)
      if (cues.length > LIMITS.subtitleCues) throw tooMany()
    },
    finish: () => {
      if (cues.length > 0) return { cues, leftOut: leftOut.sort((a, b) => a.line - b.line) }
      const [first] = leftOut
      const example = first ? `: line ${first.line} ${first.why}` : ''
      throw new SubtitleFault(null, `has no cues that can be read${example}`)
    },
  }
}
