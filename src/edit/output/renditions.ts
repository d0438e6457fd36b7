import type { QualityName } from './qualities.js'

export const VIDEO_CODECS = ['h264', 'h265', 'av1', 'vp9'] as const
export type VideoCodec = (typeof VIDEO_CODECS)[number]

/** `pcm`: 16 bits a sample, uncompressed. */
export const AUDIO_CODECS = ['aac', 'opus', 'mp3', 'flac', 'pcm'] as const
export type AudioCodec = (typeof AUDIO_CODECS)[number]

/** How long the encoder may think: x264's names, for all codecs. Slower is smaller at the same quality. */
export const ENCODER_PRESETS = [
  ...(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast'] as const),
  ...(['medium', 'slow', 'slower', 'veryslow'] as const),
] as const
export type EncoderPreset = (typeof ENCODER_PRESETS)[number]

/**
 * What becomes of a picture of another shape than `width` and `height`: all of it within them; the exact size,
 * with a border of black or of the picture itself, blurred; or the exact size, what juts out cut.
 */
export const RENDITION_FITS = ['fit', 'pad', 'blur', 'fill'] as const
export type RenditionFit = (typeof RENDITION_FITS)[number]

/** One file of the output as a client asks for it. What is absent or null is chosen by the codec. */
export interface RenditionRequest {
  /** Unique within the job, and the name of the file. */
  readonly name: string
  /** A rung of the ladder: the size of the shorter side, with the rung's cap. Instead of width and height. */
  readonly quality?: QualityName | null
  /** Pixels. */
  readonly width?: number | null
  readonly height?: number | null
  readonly fit?: RenditionFit
  readonly video_codec?: VideoCodec | null
  /** Constant rate factor, on the codec's own scale. */
  readonly crf?: number | null
  /** Bits a second of the picture. */
  readonly max_bit_rate?: number | null
  readonly preset?: EncoderPreset
  /** Frames a second. */
  readonly frame_rate?: number | null
  readonly bit_depth?: 8 | 10
  readonly audio_codec?: AudioCodec | null
  /** Bits a second of the sound. */
  readonly audio_bit_rate?: number | null
}
