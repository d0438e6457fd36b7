import { OPERATION_EXAMPLES } from '../../src/edit/operation-examples.js'
import { SUBTITLE_PRESETS } from '../../src/edit/operations/subtitle-presets.js'

/** An operation as a client writes it, with its sentence and its picture. */
export interface Example {
  readonly sentence: string
  readonly operation: { readonly type: string } & Readonly<Record<string, unknown>>
  /** What the picture shows: a frame in the middle, several frames side by side, or the waveform of the sound. */
  readonly shows: 'frame' | 'frames' | 'sound'
}

/** What a picture shows if it is not a frame. */
const SHOWS: Readonly<Partial<Record<string, Example['shows']>>> = {
  trim: 'frames',
  speed: 'frames',
  fade: 'frames',
  concat: 'frames',
  zoom: 'frames',
  volume: 'sound',
  loudness: 'sound',
  replace_audio: 'sound',
}

const SUBTITLE_FILES =
  ' [What is read of a file, and what is told when it cannot be.](inputs.md#subtitle-files)'

/** An example of every operation. The other video is a test card. */
export const EXAMPLES: Readonly<Record<string, Example>> = Object.fromEntries(
  Object.entries(OPERATION_EXAMPLES).map(([type, { sentence, operation }]) => [
    type,
    {
      sentence: type === 'subtitles' ? sentence + SUBTITLE_FILES : sentence,
      operation,
      shows: SHOWS[type] ?? 'frame',
    },
  ]),
)

/** An edit whose upload is a photo. */
export const SLIDE_SHOW = {
  image: { duration: 4 },
  operations: [
    { type: 'resize', width: 1920, height: 1080, fit: 'fill' },
    {
      type: 'concat',
      videos: [
        { image: 'beach.jpg', duration: 4 },
        { image: 'dance.gif', duration: 4 },
      ],
      transition: 'crossfade',
      fit: 'blur',
    },
    { type: 'overlay', overlay_type: 'text', content: 'Summer', end_time: 3, font_size: 120 },
    { type: 'replace_audio', audio: 'music.mp3', loop: true, fade_out: 2 },
  ],
}

/** One operation for each preset of subtitles, in the order of its picture. */
export const PRESET_EXAMPLES = SUBTITLE_PRESETS.map((preset) => ({
  type: 'subtitles',
  subtitles: 'words.vtt',
  preset,
  ...(preset === 'bold-center' && { upper_case: true }),
}))

export const OUTPUT_EXAMPLE = {
  container: 'mp4',
  renditions: [
    { name: 'hd', height: 1080, video_codec: 'h265', crf: 26 },
    { name: 'small', quality: '480p', audio_bit_rate: 96_000 },
  ],
  packaging: 'hls',
  poster: true,
}

/** Tracks of an output. */
export const TRACKS_EXAMPLE = {
  subtitles: [
    { subtitles: 'film.de.srt', language: 'de', default: true },
    { subtitles: 'film.hi.vtt', language: 'hi' },
    { subtitles: 'signs.ass', language: 'de', name: 'Deutsch (Schilder)', forced: true },
    { track: 0 },
  ],
  audio_tracks: [
    { language: 'en', default: true },
    { track: 2, language: 'en', name: 'Director’s commentary' },
  ],
  title: 'A film',
  chapters: [
    { start_time: 0, title: 'Opening' },
    { start_time: 95.5, title: 'The chase' },
  ],
}
