import type { Operation } from '../../src/edit/operation.js'

/** An operation as a client writes it, and what its picture shows. */
export interface Example {
  readonly sentence: string
  readonly operation: { readonly type: string } & Readonly<Record<string, unknown>>
  /** A frame in the middle, several frames side by side, or the sound. */
  readonly shows: 'frame' | 'frames' | 'sound'
}

/** One example per operation. Assets: `logo.png`, `clip.mp4`, `music.mp3`, `film.srt`; the other video is a test card. */
export const EXAMPLES: Readonly<Record<Operation['type'], Example>> = {
  trim: {
    sentence:
      'Keeps one part, or several `segments`, or what is left after several parts to `remove`. If the source is H.264 or ' +
      'H.265, the trim is the only operation and the edit has no `output`, what lies between the cuts is copied as it is.',
    operation: { type: 'trim', start_time: 1.5, end_time: 3.5 },
    shows: 'frames',
  },
  overlay: {
    sentence: 'Shows text, an image or a clip over the picture for some time.',
    operation: {
      ...{ type: 'overlay', overlay_type: 'text', content: 'नमस्ते, Bunny!', language: 'hi' },
      ...{ position_x: 60, position_y: 40, font_size: 110, font_color: '#ffd400' },
    },
    shows: 'frame',
  },
  watermark: {
    sentence: 'Shows a logo over the whole length.',
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
    sentence: 'Puts the picture on a larger one, which has a colour or shows the picture itself, blurred.',
    operation: { type: 'pad', width: 1280, height: 960, background: 'blur' },
    shows: 'frame',
  },
  resize: {
    sentence: 'Gives the picture another size: within the box, filling it, or stretched to it.',
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
    sentence: 'Plays faster or slower, at the same pitch.',
    operation: { type: 'speed', factor: 2 },
    shows: 'frames',
  },
  fade: {
    sentence: 'Fades picture, sound or both in from and out to a colour and silence.',
    operation: { type: 'fade', in: 2, out: 2 },
    shows: 'frames',
  },
  volume: {
    sentence: 'Makes the sound louder or softer.',
    operation: { type: 'volume', gain_db: 10 },
    shows: 'sound',
  },
  loudness: {
    sentence: 'Measures the sound by EBU R 128, and brings it to a loudness without clipping.',
    operation: { type: 'loudness', target_lufs: -14 },
    shows: 'sound',
  },
  mute: {
    sentence: 'Removes the sound.',
    operation: { type: 'mute' },
    shows: 'frame',
  },
  replace_audio: {
    sentence:
      "Replaces the material's sound by another, or mixes the two; one can be lowered while the other is heard.",
    operation: { type: 'replace_audio', audio: 'music.mp3', start_time: 1, fade_in: 1, fade_out: 1 },
    shows: 'sound',
  },
  color: {
    sentence: 'Changes brightness, contrast and saturation.',
    operation: { type: 'color', brightness: 0.05, contrast: 1.2, saturation: 0.2 },
    shows: 'frame',
  },
  blur: {
    sentence: 'Makes a part of the picture unrecognisable for some time.',
    operation: { type: 'blur', x: 380, y: 60, width: 420, height: 300, radius: 30 },
    shows: 'frame',
  },
  deinterlace: {
    sentence: 'Makes whole frames from the fields of an interlaced source.',
    operation: { type: 'deinterlace' },
    shows: 'frame',
  },
  concat: {
    sentence: 'Joins other videos to the material, at its size and frame rate.',
    operation: {
      type: 'concat',
      videos: [{ video_id: '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b', end_time: 3 }],
      transition: 'crossfade',
    },
    shows: 'frames',
  },
  subtitles: {
    sentence:
      'Burns in a file of subtitles: SRT, WebVTT, ASS or SSA, with at most 1 MiB and 20 000 cues. A cue is on the ' +
      'frames that start within its times.',
    operation: { type: 'subtitles', subtitles: 'film.srt', font_size: 56 },
    shows: 'frame',
  },
}

export const OUTPUT_EXAMPLE = {
  container: 'mp4',
  renditions: [
    { name: 'hd', height: 1080, video_codec: 'h265', crf: 26 },
    { name: 'small', quality: '480p', audio_bit_rate: 96_000 },
  ],
  packaging: 'hls',
  poster: true,
}
