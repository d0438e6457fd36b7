import { LIMITS } from '../../edit/limits.js'
import { assertNever } from '../../errors.js'
import type { SubtitleFile, SubtitleFormat } from '../model/sources.js'
import type { CueFile } from './cue-file.js'
import { parseMicrodvd, parseMpl2 } from './formats/parse-microdvd.js'
import { parseSbv } from './formats/parse-sbv.js'
import { parseSrt } from './formats/parse-srt.js'
import { parseTtml } from './formats/parse-ttml.js'
import { parseVtt } from './formats/parse-vtt.js'
import { type AssFile, parseAss } from './parse-ass.js'
import { splitLines } from './split-lines.js'
import { SubtitleFault } from './subtitle-fault.js'

export type Subtitles =
  ({ readonly kind: 'cues' } & CueFile) | { readonly kind: 'ass'; readonly file: AssFile }

export type SubtitleReading =
  | { readonly ok: true; readonly subtitles: Subtitles }
  /** What is wrong, as a clause: `the file has no cues that can be read`. */
  | { readonly ok: false; readonly fault: string }

type GivenFile = Pick<SubtitleFile, 'format' | 'text'>

/** An edit of many chunks and renditions reads the same file for each of them. */
const KNOWN = new WeakMap<GivenFile, SubtitleReading>()

/** Reads a file of subtitles. It is refused when nothing of it can be read, or there is too much of it. */
export function readSubtitles(file: GivenFile): SubtitleReading {
  const reading = KNOWN.get(file) ?? read(file)
  KNOWN.set(file, reading)
  return reading
}

function read({ format, text }: GivenFile): SubtitleReading {
  try {
    const subtitles = parse(format, splitLines(text))
    checkAmount(subtitles)
    return { ok: true, subtitles }
  } catch (error) {
    if (!(error instanceof SubtitleFault)) throw error
    return { ok: false, fault: `${error.line === null ? 'the file' : `line ${error.line}`} ${error.message}` }
  }
}

function parse(format: SubtitleFormat, lines: readonly string[]): Subtitles {
  switch (format) {
    case 'srt':
      return { kind: 'cues', ...parseSrt(lines) }
    case 'vtt':
      return { kind: 'cues', ...parseVtt(lines) }
    case 'sbv':
      return { kind: 'cues', ...parseSbv(lines) }
    case 'ttml':
      return { kind: 'cues', ...parseTtml(lines) }
    case 'microdvd':
      return { kind: 'cues', ...parseMicrodvd(lines) }
    case 'mpl2':
      return { kind: 'cues', ...parseMpl2(lines) }
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
  if (spans.length === 0) throw new SubtitleFault(null, 'has no cues')
  if (spans.length > LIMITS.subtitleCues) {
    throw new SubtitleFault(null, `has ${spans.length} cues; at most ${LIMITS.subtitleCues} are allowed`)
  }
  const most = mostAtOnce(spans)
  if (most > LIMITS.subtitleCuesAtOnce) {
    throw new SubtitleFault(
      null,
      `has ${most} cues at one moment; at most ${LIMITS.subtitleCuesAtOnce} are allowed`,
    )
  }
}

function mostAtOnce(spans: readonly { readonly start: number; readonly end: number }[]): number {
  const changes = spans.flatMap(({ start, end }) => [
    { at: start, by: 1 },
    { at: end, by: -1 },
  ])
  // A cue that ends at a moment is no longer shown then.
  changes.sort((a, b) => a.at - b.at || a.by - b.by)
  let [now, most] = [0, 0]
  for (const { by } of changes) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
