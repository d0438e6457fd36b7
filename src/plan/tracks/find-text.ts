import type { SubtitleTrackRequest } from '../../edit/output/tracks.js'
import type { Findings } from '../context.js'
import { momentOf } from '../inputs/open-video.js'
import { findSubtitleAsset } from '../layers/find-asset.js'
import { languageTag } from '../model/languages.js'
import type { Sources, SubtitleFile } from '../model/sources.js'
import type { Cue } from '../subtitles/cue.js'
import { plainCues } from '../subtitles/plain-cues.js'
import { readSubtitles } from '../subtitles/read-subtitles.js'
import { readingWarnings } from '../subtitles/reading-warnings.js'

/** The text of a track before the edit. */
export interface FoundText {
  readonly cues: readonly Cue[]
  /** What of the clock of the cues is the first frame of the video. */
  readonly zeroMs: number
  readonly language: string | null
  /** null: it has none of its own. */
  readonly name: string | null
  readonly isForced: boolean
}

interface Known {
  readonly sources: Sources
  readonly findings: Findings
}

/** The text that a request names; null, with the mistake noted: there is none, or it cannot be read. */
export function findText(
  { subtitles: asset, track = null, language }: SubtitleTrackRequest,
  pointer: string,
  known: Known,
): FoundText | null {
  if (track !== null) return ofVideo(track, language, pointer, known)
  const { sources, findings } = known
  const name = asset ?? ''
  if (language === null) {
    findings.reject(`${pointer}/language`, 'it is missing: a file of subtitles does not say its language')
  }
  const file = findSubtitleAsset({ assets: sources.assets, findings, pointer }, 'subtitles', name)
  const cues = file && readCues(file, `"${name}"`, `${pointer}/subtitles`, findings)
  if (!file || !cues) return null
  for (const warning of readingWarnings(name, file, cues.subtitles)) findings.warn(warning)
  return { cues: cues.list, zeroMs: 0, language, name: null, isForced: false }
}

/** A track of the video itself, whose times are those of its file. */
function ofVideo(
  number: number,
  language: string | null,
  pointer: string,
  { sources, findings }: Known,
): FoundText | null {
  const { facts } = sources.video
  const { texts = [], video } = facts
  const text = texts[number]
  const file = sources.texts?.get(number)
  if (!text || !video || file === undefined) {
    const languages = texts.map((one) => one.language ?? 'unknown').join(', ')
    findings.reject(
      `${pointer}/track`,
      texts.length === 0
        ? 'the video has no track of text: pictures of text and teletext are not kept'
        : `the video's tracks of text are 0 to ${texts.length - 1}: ${languages}`,
    )
    return null
  }
  if (file === null) {
    findings.reject(`${pointer}/track`, 'the track has more text than a file of subtitles may have')
    return null
  }
  const cues = readCues(file, 'the track', `${pointer}/track`, findings)
  if (!cues) return null
  return {
    cues: cues.list,
    zeroMs: Math.round(momentOf(facts, video, 0) * 1000),
    language: languageTag(language ?? text.language),
    name: text.name,
    isForced: text.isForced,
  }
}

function readCues(file: SubtitleFile, what: string, pointer: string, findings: Findings) {
  const reading = readSubtitles(file)
  if (!reading.ok) {
    findings.reject(pointer, `${what} cannot be read: ${reading.fault}`)
    return null
  }
  const { subtitles } = reading
  return { subtitles, list: subtitles.kind === 'cues' ? subtitles.cues : plainCues(subtitles.file) }
}
