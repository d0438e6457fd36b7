import type { Operation } from './operation.js'

interface OperationExample {
  /** What the operation does, in Markdown. */
  readonly sentence: string
  /** As a client writes it. */
  readonly operation: { readonly type: string } & Readonly<Record<string, unknown>>
}

/** The video that examples name. */
export const EXAMPLE_VIDEO_ID = '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b'

/**
 * Every operation, for docs/edits.md and the API's document. Assets: `logo.png`, `clip.mp4`, `music.mp3`, `film.srt`.
 */
export const OPERATION_EXAMPLES: Readonly<Record<Operation['type'], OperationExample>> = {
  trim: {
    sentence:
      'Keeps one part of the video, several `segments` in the order given, or everything except the parts to `remove`. If the trim is the ' +
      'only operation and the edit has no `output`, H.264 and H.265 are copied between the cuts instead of encoded again.',
    operation: { type: 'trim', start_time: 1.5, end_time: 3.5 },
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
  },
  crop: {
    sentence: 'Keeps a part of the picture.',
    operation: { type: 'crop', width: 640, height: 360, x: 200, y: 80 },
  },
  pad: {
    sentence: 'Puts the picture on a larger background: a colour, or the blurred picture itself.',
    operation: { type: 'pad', width: 1280, height: 960, background: 'blur' },
  },
  resize: {
    sentence: 'Scales the picture to fit into a box, to fill it, or stretched to its size.',
    operation: { type: 'resize', width: 1280, height: 480, fit: 'fill' },
  },
  rotate: {
    sentence: 'Rotates the picture.',
    operation: { type: 'rotate', angle: 180 },
  },
  flip: {
    sentence: 'Swaps left and right, or top and bottom.',
    operation: { type: 'flip', direction: 'horizontal' },
  },
  speed: {
    sentence: 'Plays the video, or a stretch of it, faster or slower; the sound keeps its pitch.',
    operation: { type: 'speed', factor: 2 },
  },
  fade: {
    sentence: 'Fades the picture from and to a colour, the sound from and to silence, or both.',
    operation: { type: 'fade', in: 2, out: 2 },
  },
  volume: {
    sentence: 'Makes the sound, or a stretch of it, louder or softer.',
    operation: { type: 'volume', gain_db: 10 },
  },
  loudness: {
    sentence: 'Measures the sound by EBU R 128 and brings it to a target loudness without clipping.',
    operation: { type: 'loudness', target_lufs: -14 },
  },
  mute: {
    sentence: 'Removes the sound, or silences a stretch of it.',
    operation: { type: 'mute' },
  },
  replace_audio: {
    sentence:
      'Replaces the sound by an asset, or mixes the asset in; one of the two can be lowered while the other is heard.',
    operation: { type: 'replace_audio', audio: 'music.mp3', start_time: 1, fade_in: 1, fade_out: 1 },
  },
  color: {
    sentence: 'Changes brightness, contrast and saturation.',
    operation: { type: 'color', brightness: 0.05, contrast: 1.2, saturation: 0.2 },
  },
  blur: {
    sentence: 'Blurs a part of the picture, for a part of the time or all of it.',
    operation: { type: 'blur', x: 380, y: 60, width: 420, height: 300, radius: 30 },
  },
  vignette: {
    sentence: 'Darkens the picture towards its corners, for the whole length.',
    operation: { type: 'vignette', strength: 0.8 },
  },
  deinterlace: {
    sentence: 'Turns the fields of an interlaced source into whole frames.',
    operation: { type: 'deinterlace' },
  },
  concat: {
    sentence: 'Joins other videos, and images for a time, to this one, at its size and frame rate.',
    operation: {
      type: 'concat',
      videos: [{ video_id: EXAMPLE_VIDEO_ID, end_time: 3 }],
      transition: 'crossfade',
    },
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
  },
  subtitles: {
    sentence:
      'Burns in a subtitle file: SRT, WebVTT, ASS, SSA, SBV, TTML (DFXP), MicroDVD or MPL2, with at most 1 MiB and ' +
      '20 000 cues. A cue is visible on the frames that start between its start and end time. Cues of WebVTT stand ' +
      'where `line`, `position`, `size`, `align`, `vertical` and regions put them by the rules of the standard, with ' +
      'two changes: lines are counted from the margin instead of the edge, and text keeps the margin at its sides. ' +
      'Cues that are visible at the same time never cover each other. A word that is wider than its lines is broken.',
    operation: { type: 'subtitles', subtitles: 'film.srt', font_size: 56 },
  },
}

/** Overlays that are not text. */
export const OVERLAY_EXAMPLES = {
  image: {
    type: 'overlay',
    overlay_type: 'image',
    content: 'logo.png',
    anchor: 'bottom-right',
    position_x: 20,
    position_y: 20,
    width: '20%',
    fade_in: 0.5,
  },
  video: {
    type: 'overlay',
    overlay_type: 'video',
    content: 'clip.mp4',
    anchor: 'bottom-left',
    width: 320,
    at_end: 'loop',
    audio: 'mix',
    volume_db: -6,
  },
} as const
