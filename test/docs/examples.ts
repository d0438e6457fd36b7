import type { Operation } from '../../src/edit/operation.js'
import { SUBTITLE_PRESETS } from '../../src/edit/operations/subtitle-presets.js'

/** An operation as a client writes it, with its sentence and its picture. */
export interface Example {
  readonly sentence: string
  readonly operation: { readonly type: string } & Readonly<Record<string, unknown>>
  /** What the picture shows: a frame in the middle, several frames side by side, or the waveform of the sound. */
  readonly shows: 'frame' | 'frames' | 'sound'
}

/** An example of every operation. Assets: `logo.png`, `clip.mp4`, `music.mp3`, `film.srt`; the other video is a test card. */
export const EXAMPLES: Readonly<Record<Operation['type'], Example>> = {
  trim: {
    sentence:
      'Keeps one part of the video, several `segments` in the order given, or everything except the parts to `remove`. If the trim is the ' +
      'only operation and the edit has no `output`, H.264 and H.265 are copied between the cuts instead of encoded again.',
    operation: { type: 'trim', start_time: 1.5, end_time: 3.5 },
    shows: 'frames',
  },
  overlay: {
    sentence: 'Lays text, an image or a video over the picture, for a part of the time or all of it.',
    operation: {
      type: 'overlay',
      overlay_type: 'text',
      content: 'नमस्ते, Bunny!',
      language: 'hi',
      position_x: 60,
      position_y: 40,
      font_size: 110,
      font_color: '#ffd400',
    },
    shows: 'frame',
  },
  watermark: {
    sentence: 'Lays a logo over the picture for the whole length.',
    operation: {
      type: 'watermark',
      watermark_path: 'logo.png',
      position: 'top-right',
      opacity: 0.9,
      margin: 30,
    },
    shows: 'frame',
  },
  crop: {
    sentence: 'Keeps a part of the picture.',
    operation: { type: 'crop', width: 640, height: 360, x: 200, y: 80 },
    shows: 'frame',
  },
  pad: {
    sentence: 'Puts the picture on a larger background: a colour, or the blurred picture itself.',
    operation: { type: 'pad', width: 1280, height: 960, background: 'blur' },
    shows: 'frame',
  },
  resize: {
    sentence: 'Scales the picture to fit into a box, to fill it, or stretched to its size.',
    operation: { type: 'resize', width: 1280, height: 480, fit: 'fill' },
    shows: 'frame',
  },
  rotate: {
    sentence: 'Rotates the picture.',
    operation: { type: 'rotate', angle: 180 },
    shows: 'frame',
  },
  flip: {
    sentence: 'Swaps left and right, or top and bottom.',
    operation: { type: 'flip', direction: 'horizontal' },
    shows: 'frame',
  },
  speed: {
    sentence: 'Plays the video, or a stretch of it, faster or slower; the sound keeps its pitch.',
    operation: { type: 'speed', factor: 2 },
    shows: 'frames',
  },
  fade: {
    sentence: 'Fades the picture from and to a colour, the sound from and to silence, or both.',
    operation: { type: 'fade', in: 2, out: 2 },
    shows: 'frames',
  },
  volume: {
    sentence: 'Makes the sound, or a stretch of it, louder or softer.',
    operation: { type: 'volume', gain_db: 10 },
    shows: 'sound',
  },
  loudness: {
    sentence: 'Measures the sound by EBU R 128 and brings it to a target loudness without clipping.',
    operation: { type: 'loudness', target_lufs: -14 },
    shows: 'sound',
  },
  mute: {
    sentence: 'Removes the sound, or silences a stretch of it.',
    operation: { type: 'mute' },
    shows: 'frame',
  },
  replace_audio: {
    sentence:
      'Replaces the sound by an asset, or mixes the asset in; one of the two can be lowered while the other is heard.',
    operation: { type: 'replace_audio', audio: 'music.mp3', start_time: 1, fade_in: 1, fade_out: 1 },
    shows: 'sound',
  },
  color: {
    sentence: 'Changes brightness, contrast and saturation.',
    operation: { type: 'color', brightness: 0.05, contrast: 1.2, saturation: 0.2 },
    shows: 'frame',
  },
  blur: {
    sentence: 'Blurs a part of the picture, for a part of the time or all of it.',
    operation: { type: 'blur', x: 380, y: 60, width: 420, height: 300, radius: 30 },
    shows: 'frame',
  },
  vignette: {
    sentence: 'Darkens the picture towards its corners, for the whole length.',
    operation: { type: 'vignette', strength: 0.8 },
    shows: 'frame',
  },
  deinterlace: {
    sentence: 'Turns the fields of an interlaced source into whole frames.',
    operation: { type: 'deinterlace' },
    shows: 'frame',
  },
  concat: {
    sentence: 'Joins other videos, and images for a time, to this one, at its size and frame rate.',
    operation: {
      type: 'concat',
      videos: [{ video_id: '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b', end_time: 3 }],
      transition: 'crossfade',
    },
    shows: 'frames',
  },
  zoom: {
    sentence:
      'Moves from one part of the picture to another, over films and stills (the Ken Burns effect). The picture keeps its ' +
      'size, and places are not rounded to pixels, so that slow movements are smooth. On the first frame that starts ' +
      'within the times `from` is shown, on the last one `to`; both are held outside of them.',
    operation: {
      type: 'zoom',
      from: null,
      to: { width: 480, x: 420, y: 100 },
      easing: 'ease-in-out',
      end_time: 4,
    },
    shows: 'frames',
  },
  subtitles: {
    sentence:
      'Burns in a subtitle file: SRT, WebVTT, ASS, SSA, SBV, TTML (DFXP), MicroDVD or MPL2, with at most 1 MiB and ' +
      '20 000 cues. A cue is visible on the frames that start between its start and end time. Cues of WebVTT stand ' +
      'where `line`, `position`, `size`, `align`, `vertical` and regions put them by the rules of the standard, with ' +
      'two changes: lines are counted from the margin instead of the edge, and text keeps the margin at its sides. ' +
      'Cues that are visible at the same time never cover each other. A word that is wider than its lines is broken. ' +
      '[What is read of a file, and what is told when it cannot be.](inputs.md#subtitle-files)',
    operation: { type: 'subtitles', subtitles: 'film.srt', font_size: 56 },
    shows: 'frame',
  },
}

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
