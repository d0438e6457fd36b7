import type { AudioCodec, BitDepth, ChannelCount, EncoderPreset, VideoCodec } from './formats.js'
import type { QualityName } from './qualities.js'

/**
 * What becomes of a picture whose shape differs from `width` × `height`. `fit`: all of it within them. The others
 * have the exact size: `pad` with a black border, `blur` with a border of the blurred picture itself, `fill` with
 * what juts out cut off.
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
  /** Bits per second of the picture. */
  readonly max_bit_rate?: number | null
  readonly preset?: EncoderPreset
  /** Frames per second. */
  readonly frame_rate?: number | null
  readonly bit_depth?: BitDepth
  readonly audio_codec?: AudioCodec | null
  /** Bits per second of the sound. */
  readonly audio_bit_rate?: number | null
  /** At most: 6 keeps 5.1, and sound in stereo stays so. */
  readonly audio_channels?: ChannelCount | null
}
