import type { AudioCodec, EncoderPreset, VideoCodec } from '../../edit/output/renditions.js'

interface VideoCodecTrait {
  /** Constant rate factor of a rendition: about the same quality in each codec. */
  readonly crf: number
  /** Of an edited file at the material's own size: visually close to it. */
  readonly editedCrf: number
  readonly maxCrf: number
  readonly bitDepths: readonly (8 | 10)[]
  /** Pixels a side that the encoder takes at least. */
  readonly minSide: number
  /** Time to encode a megapixel, against H.264. Weighs the job's progress. */
  readonly cost: number
  /** Memory of an encoder of one thread, in bytes for each pixel of its picture; of x264 without its lookahead. */
  readonly bytesPerPixel: number
}

/**
 * Rate factors: MediaCMS's settings for H.264, H.265 and VP9 (files/helpers.py), SVT-AV1's own default. Costs:
 * measured at `medium` on 2 cores. Memory: measured at `medium` and 2160p.
 */
export const VIDEO_CODEC_TRAITS: Readonly<Record<VideoCodec, VideoCodecTrait>> = {
  h264: { crf: 23, editedCrf: 20, maxCrf: 51, bitDepths: [8], minSide: 2, cost: 1, bytesPerPixel: 45 },
  h265: {
    crf: 28,
    editedCrf: 24,
    maxCrf: 51,
    bitDepths: [8, 10],
    minSide: 16,
    cost: 2.5,
    bytesPerPixel: 170,
  },
  av1: { crf: 35, editedCrf: 28, maxCrf: 63, bitDepths: [8, 10], minSide: 64, cost: 2, bytesPerPixel: 110 },
  vp9: { crf: 32, editedCrf: 26, maxCrf: 63, bitDepths: [8, 10], minSide: 2, cost: 2.5, bytesPerPixel: 120 },
}

/** Bits a second in stereo; null: the codec is lossless. */
export const AUDIO_BIT_RATES: Readonly<Record<AudioCodec, number | null>> = {
  aac: 128_000,
  opus: 128_000,
  mp3: 128_000,
  flac: null,
  pcm: null,
}

/** Memory of a frame in x264's lookahead, in bytes for each of its pixels. Measured. */
export const LOOKAHEAD_BYTES_PER_PIXEL = 3

/** Frames that x264's presets look ahead: `x264 --fullhelp`. */
export const X264_LOOKAHEAD: Readonly<Record<EncoderPreset, number>> = {
  ...{ ultrafast: 0, superfast: 0, veryfast: 10, faster: 20, fast: 30, medium: 40 },
  ...{ slow: 50, slower: 60, veryslow: 60 },
}

/** SVT-AV1's presets, 0 (slowest) to 13: https://gitlab.com/AOMediaCodec/SVT-AV1/-/blob/master/Docs/CommonQuestions.md */
export const SVT_AV1_PRESETS: Readonly<Record<EncoderPreset, number>> = {
  ...{ ultrafast: 12, superfast: 11, veryfast: 10, faster: 9, fast: 9, medium: 8 },
  ...{ slow: 6, slower: 5, veryslow: 4 },
}

/** libvpx's `-cpu-used` with the deadline `good`, 5 (fastest) to 0. */
export const VP9_CPU_USED: Readonly<Record<EncoderPreset, number>> = {
  ...{ ultrafast: 5, superfast: 5, veryfast: 5, faster: 5, fast: 4, medium: 4 },
  ...{ slow: 3, slower: 2, veryslow: 1 },
}
