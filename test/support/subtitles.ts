import type { SubtitlesOperation } from '../../src/edit/operations/subtitles.js'
import type { AssetSource, SubtitleFormat } from '../../src/plan/model/sources.js'
import { type Cue, textOf } from '../../src/plan/subtitles/cue.js'
import { readSubtitles, type Subtitles } from '../../src/plan/subtitles/read-subtitles.js'
import { imageAsset, type World } from './plan-facts.js'

export function burned(subtitles: string, fields: Partial<SubtitlesOperation> = {}): SubtitlesOperation {
  return {
    ...{ type: 'subtitles', subtitles, language: 'en', offset: 0, start_time: 0, end_time: null },
    ...{ restyle: false, font_size: null, font_color: 'white', bold: false, outline_color: 'black' },
    highlight_color: null,
    ...{ outline_width: null, box_color: null, position: 'bottom', margin: null },
    ...fields,
  }
}

export function subtitleAsset(format: SubtitleFormat, text: string): AssetSource {
  return { key: `assets/film.${format}`, kind: 'subtitle', facts: null, subtitles: { format, text } }
}

/** The assets of an edit: a file of subtitles as `film`, and `logo.png`. The video is that of `mediaFacts()`. */
export function subtitleWorld(format: SubtitleFormat, text: string): World {
  return { assets: { film: subtitleAsset(format, text), 'logo.png': imageAsset() } }
}

/** @throws Error with what is wrong */
export function reading(format: SubtitleFormat, text: string): Subtitles {
  const result = readSubtitles({ format, text })
  if (!result.ok) throw new Error(result.fault)
  return result.subtitles
}

/** The cues of a file that `reading` accepts. */
export function cuesOf(format: SubtitleFormat, text: string): readonly Cue[] {
  const subtitles = reading(format, text)
  return subtitles.kind === 'cues' ? subtitles.cues : []
}

/** The cues of a file as `[startMs, endMs, text]`. */
export function timedTexts(format: SubtitleFormat, text: string): [number, number, string][] {
  return cuesOf(format, text).map((cue) => [cue.startMs, cue.endMs, textOf(cue)])
}

/** The lines of a file that are not shown, with the reasons. */
export function leftOutOf(format: SubtitleFormat, text: string): string[] {
  const subtitles = reading(format, text)
  return subtitles.kind === 'cues' ? subtitles.leftOut.map(({ line, why }) => `${line} ${why}`) : []
}

/** The texts of cues, without their styles. */
export function textsOf(cues: readonly Cue[]): string[] {
  return cues.map(textOf)
}

/** What is wrong with a file; null: nothing. */
export function fault(format: SubtitleFormat, text: string): string | null {
  const result = readSubtitles({ format, text })
  return result.ok ? null : result.fault
}

/** A SubRip file with cues that are given as `[from, until, text]`, in seconds. */
export function srt(...cues: readonly (readonly [number, number, string])[]): string {
  return cues
    .map(([from, until, text], index) => `${index + 1}\n${srtTime(from)} --> ${srtTime(until)}\n${text}\n`)
    .join('\n')
}

function srtTime(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const digits = (value: number, length: number) => String(Math.floor(value)).padStart(length, '0')
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60]
    .map((value) => digits(value, 2))
    .join(':')
  return `${clock},${digits(ms % 1000, 3)}`
}

const HEADER = `[Script Info]
ScriptType: v4.00+
PlayResX: 320
PlayResY: 180

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Outline, Shadow, Alignment, MarginV
Style: Default,Comic Sans MS,40,&H00FFFFFF,&H00000000,&H00000000,0,0,0,5,0

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`

/** An ASS file with events that are given as `[from, until, text]`, such as `['0:00:01.00', '0:00:02.50', 'Hello']`. */
export function ass(...events: readonly (readonly [string, string, string])[]): string {
  return (
    HEADER +
    events.map(([from, until, text]) => `Dialogue: 0,${from},${until},Default,,0,0,0,,${text}\n`).join('')
  )
}
