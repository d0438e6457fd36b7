import { isHdrTransfer } from '../colour/map-colour.js'
import { isKnownPrimaries } from '../colour/primaries.js'
import { statedTag } from '../colour/reserved-tags.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'

/** Names of the matrices in ffmpeg's filter `scale`. */
export const SCALE_MATRIX: Readonly<Record<ColorSpace, string>> = {
  bt709: 'bt709',
  smpte170m: 'bt601',
  bt470bg: 'bt601',
  bt601: 'bt601',
  pq: 'bt2020',
  hlg: 'bt2020',
}

/** Primaries of the colour spaces by ffmpeg's names. */
export const SPACE_PRIMARIES: Readonly<Record<ColorSpace, string>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470bg',
  bt601: 'bt709',
  pq: 'bt2020',
  hlg: 'bt2020',
}

/** Matrices that ffprobe prints and `scale` is told by name. */
const MATRICES: ReadonlySet<string> = new Set(['bt709', 'smpte170m', 'bt470bg'])

/** Primaries whose gamut differs little from that of BT.709: a picture can stay in them. */
const NARROW: ReadonlySet<string> = new Set(['bt709', 'smpte170m', 'smpte240m', 'bt470bg'])

export function isHdr({ colorTransfer }: VideoFacts): boolean {
  return isHdrTransfer(colorTransfer)
}

/** The high dynamic range that a picture can keep; null: it has none. */
export function hdrSpaceOf(video: VideoFacts): ColorSpace | null {
  if (!isHdr(video)) return null
  return video.colorTransfer === 'smpte2084' ? 'pq' : 'hlg'
}

/** The matrix as tagged; null when the tag says nothing. */
export function matrixOf({ colorSpace }: VideoFacts): string | null {
  return statedTag(colorSpace)
}

/** The primaries as tagged. Without a usable tag, PQ and HLG have those of BT.2020; null: nothing states any. */
export function primariesOf(video: VideoFacts): string | null {
  const { colorPrimaries } = video
  if (isKnownPrimaries(colorPrimaries)) return colorPrimaries
  return isHdr(video) ? 'bt2020' : null
}

/** The colour space of a picture, of standard range. Untagged ones are read as players read them: HD as BT.709, smaller as BT.601. */
export function colorSpaceOf(video: VideoFacts): ColorSpace {
  const { width, height } = video
  const [matrix, primaries] = [matrixOf(video), primariesOf(video)]
  if (isHdr(video) || (primaries !== null && !NARROW.has(primaries))) return 'bt709'
  const isLarge = Math.max(width, height) >= 1280 || Math.min(width, height) >= 720
  const is709 = matrix !== null && MATRICES.has(matrix) ? matrix === 'bt709' : isLarge
  if (is709) return 'bt709'
  if (primaries === 'bt709') return 'bt601'
  return primaries === 'bt470bg' ? 'bt470bg' : 'smpte170m'
}

/**
 * The matrix of a source for `scale`, which takes every untagged picture for BT.601. null: the pixels are RGB, or
 * tagged with a matrix that is not one of ours, which `scale` recognises by itself.
 */
export function sourceMatrix(video: VideoFacts): string | null {
  const matrix = matrixOf(video)
  const isYuv = /^(yuv|nv|p01)/.test(video.pixelFormat)
  if (!isYuv || (matrix !== null && !MATRICES.has(matrix))) return null
  if (matrix === null) return SCALE_MATRIX[colorSpaceOf(video)]
  return matrix === 'bt709' ? 'bt709' : 'bt601'
}
