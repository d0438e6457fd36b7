import {
  BIT_DEPTHS,
  type BitDepth,
  type EncoderPreset,
  type FilmContainer,
  type PartContainer,
  type PixelFormat,
  type VideoCodec,
} from './formats.js'

/** Everything about a video codec but the arguments of its encoder, which are in src/plan/argv/video-args.ts. */
interface VideoCodecTrait {
  /** Name for people. */
  readonly label: string
  /** ffprobe's name. */
  readonly probeName: string
  /** ffmpeg's encoder. */
  readonly encoder: string
  /** Containers that hold it: those that players read, not only those that muxers write. */
  readonly containers: readonly [FilmContainer, ...FilmContainer[]]
  /** Constant rate factors; null: the encoder has none. */
  readonly crf: RateFactor | null
  /** Whether `max_bit_rate` and the caps of qualities bind the encoder. */
  readonly hasBitRateCap: boolean
  /** Whether `preset` changes anything. */
  readonly hasPresets: boolean
  /** Bits per pixel and second without a cap, to estimate the size of a file. */
  readonly bitsPerPixelSec: number
  /** The pixel format for each bit depth; null: not this depth. The lowest depth is the usual one. */
  readonly pixelFormats: Readonly<Record<BitDepth, PixelFormat | null>>
  /** High dynamic range stays: players of the codec show it. */
  readonly keepsHdr: boolean
  /** The encoder reads pictures that are stored from the bottom up, as `vflip` leaves them. */
  readonly readsBottomUp: boolean
  /** Pixels per side that the encoder takes at least. */
  readonly minSide: number
  /** Time to encode a megapixel, compared with H.264. Weighs the job's progress. */
  readonly cost: number
  /** Memory of an encoder with one thread, in bytes per pixel of its picture, without the lookahead. */
  readonly bytesPerPixel: number
  /** Frames that the encoder looks ahead, where they take much memory; null: `bytesPerPixel` covers them. */
  readonly lookahead: Readonly<Record<EncoderPreset, number>> | null
  /** Tag of the sample entry in MP4 and MOV; null: the muxer's own. */
  readonly sampleEntry: string | null
  /** Container of parts that are joined by stream copy; null: a film is always encoded in one piece. */
  readonly partContainer: PartContainer | null
  /**
   * Players take it in the CMAF segments of HLS and DASH. For VP9 and AV1: hls.js
   * (https://github.com/video-dev/hls.js/pull/5528), Shaka Player, dash.js, ExoPlayer.
   */
  readonly isSegmented: boolean
  /**
   * Apple's own players take it in HLS:
   * https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices
   * lists H.264, H.265 and, on devices that decode it, AV1, and not VP9.
   */
  readonly isAppleHls: boolean
  /** How pictures of a source are copied; null: they are not. */
  readonly copying: Copying | null
}

interface RateFactor {
  readonly max: number
  /** Rate factor of a rendition: about the same quality in each codec. */
  readonly usual: number
  /** Rate factor of an edited file at the material's own size: visually close to it. */
  readonly edited: number
}

interface Copying {
  /** ffmpeg's `pass_types` of `filter_units`: slices of pictures after which nothing refers to earlier ones. */
  readonly independentUnits: string
  /** Pictures that we encode can stand in one track beside copied ones. */
  readonly canStandBeside: boolean
}

/**
 * Rate factors: MediaCMS's settings for H.264, H.265 and VP9 (files/helpers.py), SVT-AV1's own default. Costs:
 * measured at `medium` on 2 cores. Memory: measured at `medium` and 2160p.
 */
export const VIDEO_CODEC_TRAITS: Readonly<Record<VideoCodec, VideoCodecTrait>> = {
  h264: {
    label: 'H.264',
    probeName: 'h264',
    encoder: 'libx264',
    containers: ['mp4', 'mkv', 'mov'],
    crf: { max: 51, usual: 23, edited: 20 },
    hasBitRateCap: true,
    hasPresets: true,
    bitsPerPixelSec: 3,
    pixelFormats: { 8: 'yuv420p', 10: null },
    keepsHdr: false,
    readsBottomUp: true,
    minSide: 2,
    cost: 1,
    bytesPerPixel: 45,
    // x264 --fullhelp
    lookahead: {
      ultrafast: 0,
      superfast: 0,
      veryfast: 10,
      faster: 20,
      fast: 30,
      medium: 40,
      slow: 50,
      slower: 60,
      veryslow: 60,
    },
    sampleEntry: null,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: true,
    copying: { independentUnits: '5', canStandBeside: true },
  },
  h265: {
    label: 'H.265',
    probeName: 'hevc',
    encoder: 'libx265',
    containers: ['mp4', 'mkv', 'mov'],
    crf: { max: 51, usual: 28, edited: 24 },
    hasBitRateCap: true,
    hasPresets: true,
    bitsPerPixelSec: 3,
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    keepsHdr: true,
    readsBottomUp: false,
    minSide: 16,
    cost: 2.5,
    bytesPerPixel: 170,
    lookahead: null,
    // Apple's players know no other.
    sampleEntry: 'hvc1',
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: true,
    // x265 gives every parameter set the same id.
    copying: { independentUnits: '19-20', canStandBeside: false },
  },
  av1: {
    label: 'AV1',
    probeName: 'av1',
    encoder: 'libsvtav1',
    containers: ['mp4', 'webm', 'mkv'],
    crf: { max: 63, usual: 35, edited: 28 },
    hasBitRateCap: true,
    hasPresets: true,
    bitsPerPixelSec: 3,
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    keepsHdr: true,
    readsBottomUp: false,
    minSide: 64,
    cost: 2,
    bytesPerPixel: 110,
    lookahead: null,
    sampleEntry: null,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: true,
    copying: null,
  },
  vp9: {
    label: 'VP9',
    probeName: 'vp9',
    encoder: 'libvpx-vp9',
    containers: ['mp4', 'webm', 'mkv'],
    crf: { max: 63, usual: 32, edited: 26 },
    hasBitRateCap: true,
    hasPresets: true,
    bitsPerPixelSec: 3,
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    keepsHdr: false,
    readsBottomUp: false,
    minSide: 2,
    cost: 2.5,
    bytesPerPixel: 120,
    lookahead: null,
    sampleEntry: null,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: false,
    copying: null,
  },
}

/** Ascending; the first is the usual one. */
export function bitDepthsOf(codec: VideoCodec): BitDepth[] {
  return BIT_DEPTHS.filter((depth) => VIDEO_CODEC_TRAITS[codec].pixelFormats[depth] !== null)
}
