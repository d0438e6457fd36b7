import { ANIMATION_TRAITS, CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { AppError, assertNever } from '../../errors.js'
import { formatNumber } from '../graph/format-number.js'
import { isFilmCoding } from '../model/encode.js'
import type { AnimationCoding, Encode, FilmCoding, PictureCoding, VideoCoding } from '../model/plan.js'
import { colourArgs } from './colour-tags.js'
import { SVT_AV1_PRESETS, VP9_CPU_USED } from './encoder-presets.js'
import { svtHdrParams, x265HdrParams } from './hdr-params.js'
import { JPEG_ENCODER, WEBP_PICTURE_ENCODER } from './still-encoders.js'

/** @param threads threads of the encoder; null: as many as help */
export function videoArgs(
  coding: VideoCoding,
  container: Encode['container'],
  threads: number | null,
): string[] {
  if (!isFilmCoding(coding)) return imageArgs(coding)
  return [...encoderArgs(coding, threads), ...tagArgs(coding.codec, container), ...pictureArgs(coding)]
}

function imageArgs(coding: AnimationCoding | PictureCoding): string[] {
  switch (coding.codec) {
    case 'gif':
      return ['-c:v', ANIMATION_TRAITS.gif.encoder]
    case 'webp':
      return [
        ...['-c:v', ANIMATION_TRAITS.webp.encoder],
        ...['-quality', '75', '-compression_level', '4', '-pix_fmt', 'yuv420p'],
      ]
    case 'jpeg':
      return ['-frames:v', '1', '-c:v', JPEG_ENCODER, '-q:v', String(coding.quantiser)]
    case 'webp-picture':
      return ['-frames:v', '1', '-c:v', WEBP_PICTURE_ENCODER, '-quality', String(coding.quality)]
    default:
      return assertNever(coding)
  }
}

/**
 * Key frames lie at fixed places, whatever the picture shows, and no frame refers across them, so all renditions can be
 * cut at the same frames.
 */
function encoderArgs(coding: FilmCoding, threads: number | null): string[] {
  const { codec, preset, gopFrames } = coding
  const cap = capOf(coding)
  const encoder = ['-c:v', VIDEO_CODEC_TRAITS[codec].encoder]
  const crf = coding.crf === null ? [] : ['-crf', formatNumber(coding.crf)]
  const quality = [...crf, ...(cap ? capArgs(cap) : [])]
  const gop = ['-g', String(gopFrames), '-keyint_min', String(gopFrames)]
  const limited = threads === null ? [] : ['-threads', String(threads)]
  switch (codec) {
    case 'h264': {
      const { likeness, lookaheadFrames } = coding
      return [
        ...[...encoder, '-preset', preset, '-profile:v', likeness?.profile ?? 'high'],
        ...(likeness ? ['-level:v', String(likeness.level)] : []),
        ...[...quality, ...gop, '-sc_threshold', '0'],
        ...(lookaheadFrames === undefined ? [] : ['-rc-lookahead', String(lookaheadFrames)]),
        ...[...x264Params(coding), ...limited],
      ]
    }
    case 'h265':
      return [...encoder, '-preset', preset, ...quality, '-x265-params', x265Params(coding, threads)]
    case 'av1': {
      const speed = String(SVT_AV1_PRESETS[preset])
      const params = [...(threads === null ? [] : [`lp=${threads}`]), ...svtHdrParams(coding)]
      const tuning = params.length > 0 ? ['-svtav1-params', params.join(':')] : []
      return [...encoder, '-preset', speed, ...quality, '-g', String(gopFrames), ...tuning]
    }
    case 'vp9':
      return [
        ...[...encoder, '-deadline', 'good', '-cpu-used', String(VP9_CPU_USED[preset])],
        // libvpx takes the rate of its constrained quality as the cap; 0: none.
        ...['-row-mt', threads === 1 ? '0' : '1', ...crf, '-b:v', String(cap?.rate ?? 0)],
        ...[...(cap ? capArgs(cap) : []), ...gop, ...limited],
      ]
    default:
      return assertNever(codec)
  }
}

/** The headers of parts are the same whatever the picture shows, so that parts can be joined. */
function x264Params({ stretch, likeness }: FilmCoding): string[] {
  if (stretch === null) return []
  const params = ['stitchable=1']
  if (likeness) params.push(`sps-id=${likeness.id}`)
  if (likeness?.reorderFrames === 0) params.push('bframes=0')
  if (likeness?.reorderFrames === 1) params.push('b-pyramid=none')
  return ['-x264-params', params.join(':')]
}

function x265Params(coding: FilmCoding, threads: number | null): string {
  const { gopFrames } = coding
  const cap = capOf(coding)
  return [
    `log-level=error:keyint=${gopFrames}:min-keyint=${gopFrames}:scenecut=0:open-gop=0`,
    ...(threads === null ? [] : [threads === 1 ? 'pools=none:frame-threads=1' : `pools=${threads}`]),
    ...(cap && cap.fullness !== null ? [`vbv-init=${cap.fullness}`] : []),
    ...x265HdrParams(coding),
  ].join(':')
}

/** A leaky bucket: no t seconds have more than rate × t + size bits. */
interface Cap {
  /** Bits per second. */
  readonly rate: number
  /** Bits. */
  readonly size: number
  /** Share of the bucket that may be spent at the start; null: the encoder's default, nine tenths. */
  readonly fullness: number | null
}

/** Buffer of a whole film, in seconds of its maximum rate. */
const BUCKET_SEC = 2

/**
 * Share of the bucket that may be spent at the start of a part. Measured on noise that reaches the cap (24 s, in parts
 * of 4 and 8 s): the bits are within 2 % of a film in one piece, and the bursts at the joins stay in the bucket.
 */
const STRETCH_FULLNESS = 0.5

/**
 * The cap of a film or of a part of it; null: there is none. A part does not know how empty the part before leaves the
 * bucket. Its own bucket is smaller, so that what it spends at its start, on top of a burst before the join, still fits
 * into the bucket of the whole film.
 */
function capOf({ maxBitRate: rate, stretch }: FilmCoding): Cap | null {
  if (rate === null) return null
  const size = rate * BUCKET_SEC
  if (stretch === null) return { rate, size, fullness: null }
  const fullness = stretch === 'first' ? null : STRETCH_FULLNESS
  return { rate, size: Math.floor(size / (1 + STRETCH_FULLNESS)), fullness }
}

function capArgs({ rate, size, fullness }: Cap): string[] {
  const start = fullness === null ? [] : ['-rc_init_occupancy', String(Math.floor(size * fullness))]
  return ['-maxrate', String(rate), '-bufsize', String(size), ...start]
}

/** The tag by which players recognise the codec, where the muxer's own does not do. */
export function tagArgs(codec: FilmCoding['codec'], container: Encode['container']): string[] {
  const { sampleEntry } = VIDEO_CODEC_TRAITS[codec]
  const hasEntries = container !== 'jpg' && CONTAINER_TRAITS[container].isIsoMedia
  return hasEntries && sampleEntry !== null ? ['-tag:v', sampleEntry] : []
}

function pictureArgs(coding: FilmCoding): string[] {
  const { codec, bitDepth } = coding
  const pixelFormat = VIDEO_CODEC_TRAITS[codec].pixelFormats[bitDepth]
  if (pixelFormat === null) throw new AppError('internal', `${codec} has no pictures of ${bitDepth} bits.`)
  return ['-pix_fmt', pixelFormat, ...colourArgs(coding)]
}
