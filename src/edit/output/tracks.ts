import Joi from 'joi'
import { assetNameSchema, seconds } from '../fields/common.js'
import { languageSchema } from '../fields/language.js'
import { LIMITS } from '../limits.js'

/** What the films of a job have beside their picture and their sound. */
export interface Tracks {
  readonly subtitles: readonly SubtitleTrackRequest[]
  /** Of the video, in this order; none: the one that the edit chooses. */
  readonly audio_tracks: readonly AudioTrackRequest[] | 'all'
  readonly title: string | null
  readonly chapters: readonly ChapterRequest[]
}

export const NO_TRACKS: Tracks = { subtitles: [], audio_tracks: [], title: null, chapters: [] }

/** Which clock the times of a file of subtitles have. */
export const TRACK_CLOCKS = ['video', 'result'] as const

/** A track of subtitles that viewers switch on and off. */
export interface SubtitleTrackRequest {
  /** Name of a subtitle asset; null: a track of the video. */
  readonly subtitles: string | null
  /** Counted from 0 among the video's own tracks of text; null: an asset. Edits of older versions lack it. */
  readonly track?: number | null
  /** null: that of the video's track. */
  readonly language: string | null
  /** null: the name of the language in that language. */
  readonly name: string | null
  readonly default: boolean
  readonly forced: boolean
  /** Seconds that every cue is shown later; negative: earlier. */
  readonly offset: number
  readonly times: (typeof TRACK_CLOCKS)[number]
}

/** A sound track of the video, by its number or by its language. */
export interface AudioTrackRequest {
  /** Counted from 0 among the sound tracks; null: the track of the language. */
  readonly track: number | null
  /** null: that of the track. */
  readonly language: string | null
  /** null: the name of the language in that language. */
  readonly name: string | null
  readonly default: boolean
}

/** A chapter lasts until the next one, or until the end. */
export interface ChapterRequest {
  /** Seconds of the result. */
  readonly start_time: number
  readonly title: string
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** One line of text: players show names in a menu. */
const lineSchema = (most: number) =>
  Joi.string()
    .max(most)
    .pattern(/^[^\u0000-\u001f\u007f\u2028\u2029"]*$/)
    .messages({ 'string.pattern.base': '{{#label}} must be one line of text without quotation marks (")' })

const titleSchema = () =>
  Joi.string()
    .max(LIMITS.titleLength)
    .pattern(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/)
    .messages({ 'string.pattern.base': '{{#label}} must be one line of text' })

const trackNameSchema = lineSchema(LIMITS.trackNameLength)
  .allow(null)
  .default(null)
  .description('What players call the track; null: the name of the language in that language')

const subtitleTrackSchema = Joi.object<SubtitleTrackRequest>({
  subtitles: assetNameSchema
    .allow(null)
    .default(null)
    .description('Name of a subtitle asset; instead of `track`'),
  track: Joi.number()
    .integer()
    .min(0)
    .max(255)
    .allow(null)
    .default(null)
    .description(
      'Number of a track of text of the video itself, counted from 0, that is kept; instead of `subtitles`',
    ),
  language: languageSchema()
    .allow(null)
    .default(null)
    .description(
      'Language tag of the text, e.g. "de" or "pt-BR"; only a `track` may do without: null is its own',
    ),
  name: trackNameSchema,
  default: Joi.boolean()
    .strict()
    .default(false)
    .description('Players show the track unless the viewer chooses otherwise; one track at most'),
  forced: Joi.boolean()
    .strict()
    .default(false)
    .description('The track translates only what viewers of that language cannot follow, such as signs'),
  offset: Joi.number()
    .min(-LIMITS.durationSec)
    .max(LIMITS.durationSec)
    .default(0)
    .description('Seconds by which every cue is shown later; negative: earlier'),
  times: Joi.string()
    .valid(...TRACK_CLOCKS)
    .default('video')
    .description(
      '`video`: the times are those of the unedited video, and cues move with its frames when these are trimmed, joined, ' +
        'or played faster; `result`: the times are those of the result',
    ),
}).xor('subtitles', 'track', { isPresent: isGiven })

const audioTrackSchema = Joi.object<AudioTrackRequest>({
  track: Joi.number()
    .integer()
    .min(0)
    .max(255)
    .allow(null)
    .default(null)
    .description('Number of the sound track of the video, counted from 0; null: the track of the language'),
  language: languageSchema()
    .allow(null)
    .default(null)
    .description('Without `track`: the language of the track. With it: what the track is marked with'),
  name: trackNameSchema,
  default: Joi.boolean()
    .strict()
    .default(false)
    .description('Players play the track unless the viewer chooses otherwise; without any it is the first'),
}).or('track', 'language', { isPresent: isGiven })

const chapterSchema = Joi.object<ChapterRequest>({
  start_time: seconds().required().description('Seconds of the result'),
  title: titleSchema().required().description('What players call the chapter'),
})

export const tracksFields = {
  subtitles: Joi.array()
    .items(subtitleTrackSchema)
    .max(LIMITS.subtitleTracks)
    .description(
      'Tracks of subtitles that viewers switch on and off: in MP4, MOV, Matroska and WebM, and as WebVTT in HLS and DASH',
    ),
  audio_tracks: Joi.alternatives()
    .try(Joi.string().valid('all'), Joi.array().items(audioTrackSchema).max(LIMITS.subtitleTracks))
    .description(
      'Sound tracks of the video that stay side by side, in this order, or `all`: in MP4, MOV, Matroska, WebM, HLS and ' +
        'DASH. Each is edited and coded in the same way, in 5.1 only if all of them are; videos that are joined have the ' +
        'same sound in all of them. Absent: one track, which `audio` of the edit chooses',
    ),
  title: titleSchema().allow(null).description('Title of the film in its files; null: none'),
  chapters: Joi.array()
    .items(chapterSchema)
    .max(LIMITS.chapters)
    .description(
      'Chapters of the result, in ascending order; each lasts until the next one, and the last until the end',
    ),
}

/** An output request without what it says of tracks: null when it says nothing else. */
export function splitTracks<Output extends Partial<Tracks>>(
  request: Output | null,
): { readonly tracks: Tracks; readonly output: Omit<Output, keyof Tracks> | null } {
  if (!request) return { tracks: NO_TRACKS, output: null }
  const { subtitles, audio_tracks, title, chapters, ...output } = request
  const isMore = Object.values(output).some((value) => value !== undefined && value !== null)
  return {
    tracks: {
      subtitles: subtitles ?? NO_TRACKS.subtitles,
      audio_tracks: audio_tracks ?? NO_TRACKS.audio_tracks,
      title: title ?? NO_TRACKS.title,
      chapters: chapters ?? NO_TRACKS.chapters,
    },
    output: isMore ? output : null,
  }
}
