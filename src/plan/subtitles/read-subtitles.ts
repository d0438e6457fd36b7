import { LIMITS } from '../../edit/limits.js'
import { assertNever } from '../../errors.js'
import type { SubtitleFile, SubtitleFormat } from '../model/sources.js'
import type { Cue } from './cue.js'
import { type AssFile, parseAss } from './parse-ass.js'
import { parseSrt, parseVtt } from './parse-cues.js'
import { SubtitleFault } from './subtitle-fault.js'

export type Subtitles =
  { readonly kind: 'cues'; readonly cues: readonly Cue[] } | { readonly kind: 'ass'; readonly file: AssFile }

export type SubtitleReading =
  | { readonly ok: true; readonly subtitles: Subtitles }
  /** What is wrong, such as `line 7 is not two times`. */
  | { readonly ok: false; readonly fault: string }

/** Reads a file of subtitles as a whole: one that is damaged anywhere is refused. */
export function readSubtitles({ format, text }: SubtitleFile): SubtitleReading {
  // Nothing draws a control character, and libass would end its text at a NUL.
  const lines = text.replace(/[^\P{Cc}\n\r\t]/gu, '').split(/\r\n|\r|\n/)
  try {
    const subtitles = parse(format, lines)
    checkAmount(subtitles)
    return { ok: true, subtitles }
  } catch (error) {
    if (!(error instanceof SubtitleFault)) throw error
    const fault =
      error.line === null ? `the file is ${error.message}` : `line ${error.line} is ${error.message}`
    return { ok: false, fault }
  }
}

function parse(format: SubtitleFormat, lines: readonly string[]): Subtitles {
  switch (format) {
    case 'srt':
      return { kind: 'cues', cues: parseSrt(lines) }
    case 'vtt':
      return { kind: 'cues', cues: parseVtt(lines) }
    case 'ass':
      return { kind: 'ass', file: parseAss(lines) }
    default:
      return assertNever(format)
  }
}

function checkAmount(subtitles: Subtitles): void {
  const spans =
    subtitles.kind === 'cues'
      ? subtitles.cues.map(({ startMs, endMs }) => ({ start: startMs, end: endMs }))
      : subtitles.file.events.map(({ startCs, endCs }) => ({ start: startCs, end: endCs }))
  if (spans.length === 0) throw new SubtitleFault(null, 'without any cue')
  if (spans.length > LIMITS.subtitleCues) {
    throw new SubtitleFault(null, `of ${spans.length} cues, and ${LIMITS.subtitleCues} are the most`)
  }
  const most = mostAtOnce(spans)
  if (most > LIMITS.subtitleCuesAtOnce) {
    throw new SubtitleFault(
      null,
      `of ${most} cues at one moment, and ${LIMITS.subtitleCuesAtOnce} are the most`,
    )
  }
}

function mostAtOnce(spans: readonly { readonly start: number; readonly end: number }[]): number {
  const changes = spans.flatMap(({ start, end }) => [
    { at: start, by: 1 },
    { at: end, by: -1 },
  ])
  // What ends at a moment is gone by then.
  changes.sort((a, b) => a.at - b.at || a.by - b.by)
  let [now, most] = [0, 0]
  for (const { by } of changes) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
