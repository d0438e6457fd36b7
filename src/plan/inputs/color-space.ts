import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'

/** Names of the matrices in ffmpeg's filter `scale`. */
export const SCALE_MATRIX: Readonly<Record<ColorSpace, string>> = {
  bt709: 'bt709',
  smpte170m: 'bt601',
  pq: 'bt2020',
  hlg: 'bt2020',
}

/** Colour spaces by the matrices that ffprobe prints. */
const MATRICES: Readonly<Record<string, ColorSpace>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'smpte170m',
}

/** Transfer functions of high dynamic range by ffprobe's names: PQ (HDR10) and HLG. */
const HDR_TRANSFERS: Readonly<Record<string, ColorSpace>> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' }

export function isHdr({ colorTransfer }: VideoFacts): boolean {
  return Object.hasOwn(HDR_TRANSFERS, colorTransfer ?? '')
}

/** The high dynamic range that a picture can keep; null: it has none, or is coded in an unusual way. */
export function hdrSpaceOf(video: VideoFacts): ColorSpace | null {
  const { colorTransfer, colorSpace, colorRange, pixelFormat } = video
  const isUsual =
    (colorSpace ?? 'bt2020nc') === 'bt2020nc' && colorRange !== 'pc' && /^(yuv|p0)/.test(pixelFormat)
  return isUsual ? (HDR_TRANSFERS[colorTransfer ?? ''] ?? null) : null
}

/** Whether a picture has more colours or light than BT.709, so that it must be mapped and not only re-encoded. */
export function isWide(video: VideoFacts): boolean {
  return isHdr(video) || video.colorPrimaries === 'bt2020'
}

/** The colour space of a picture. Untagged ones are read as players read them: HD as BT.709, smaller as BT.601. */
export function colorSpaceOf(video: VideoFacts): ColorSpace {
  const { colorSpace, width, height } = video
  if (isWide(video)) return 'bt709'
  const tagged = MATRICES[colorSpace ?? '']
  if (tagged) return tagged
  return Math.max(width, height) >= 1280 || Math.min(width, height) >= 720 ? 'bt709' : 'smpte170m'
}

/**
 * The matrix of a source for `scale`, which takes every untagged picture for BT.601. null: the pixels are RGB, or
 * tagged with a matrix that is not one of ours, which `scale` recognises by itself.
 */
export function sourceMatrix(video: VideoFacts): string | null {
  const isYuv = /^(yuv|nv|p01)/.test(video.pixelFormat)
  const isOurs = video.colorSpace === null || Object.hasOwn(MATRICES, video.colorSpace)
  return isYuv && isOurs ? SCALE_MATRIX[colorSpaceOf(video)] : null
}
