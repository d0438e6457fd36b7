import { isHdrTransfer } from '../colour/map-colour.js'
import { statedTag } from '../colour/reserved-tags.js'
import { isOtherGamma } from '../colour/transfer.js'
import type { ColourMap } from '../model/colour-map.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf, matrixOf, primariesOf, sourceMatrix, SPACE_PRIMARIES } from './color-space.js'

/** Transfer functions of the colour spaces by ffmpeg's names. */
function transferOfSpace(space: ColorSpace): string {
  if (space === 'pq') return 'smpte2084'
  return space === 'hlg' ? 'arib-std-b67' : 'bt709'
}

/**
 * How the colours of a picture become those of a colour space; null: their samples stay as they are.
 * Only high dynamic range is turned into high dynamic range.
 */
export function colourMap(video: VideoFacts, space: ColorSpace): ColourMap | null {
  const transfer = transferOf(video)
  const to = { primaries: SPACE_PRIMARIES[space], transfer: transferOfSpace(space) }
  const primaries = sameAs240M(primariesOf(video)) ?? to.primaries
  const isSame = primaries === to.primaries || isGrey(video)
  const isBright = isHdrTransfer(transfer)
  const isKept = isBright ? transfer === to.transfer : !isOtherGamma(transfer)
  if (isSame && isKept) return null
  const from = { primaries, transfer }
  return isBright ? { from, to, ...peakOf(video) } : { from, to }
}

/**
 * The colour space in which a clip joins a picture, or is laid over it. Its tagged primaries of SD are converted for
 * a picture of BT.709; other clips keep their samples, since an SD picture is mostly not tagged itself.
 */
export function joinedSpace(video: VideoFacts, space: ColorSpace): ColorSpace {
  const own = colorSpaceOf(video)
  const isTagged = primariesOf(video) !== null
  return isTagged && SPACE_PRIMARIES[space] === 'bt709' && SPACE_PRIMARIES[own] !== 'bt709' ? space : own
}

/** Whether the samples of a picture are coded as a colour space has them. */
export function isCodedAs(video: VideoFacts, space: ColorSpace): boolean {
  const { colorRange, pixelFormat } = video
  if (colorRange === 'pc' || pixelFormat.startsWith('yuvj') || colourMap(video, space) !== null) return false
  if (space !== 'pq' && space !== 'hlg') return sourceMatrix(video) !== null
  return /^(yuv|p0)/.test(pixelFormat) && (matrixOf(video) ?? 'bt2020nc') === 'bt2020nc'
}

/** The transfer function. Old files of PAL name the gamma of their displays, 2.8, which no player applies. */
function transferOf(video: VideoFacts): string {
  const { colorTransfer, colorPrimaries, colorSpace } = video
  const isPal = colorTransfer === 'bt470bg' && (colorPrimaries === 'bt470bg' || colorSpace === 'bt470bg')
  return isPal ? 'bt709' : (statedTag(colorTransfer) ?? 'bt709')
}

function sameAs240M(primaries: string | null): string | null {
  return primaries === 'smpte240m' ? 'smpte170m' : primaries
}

function isGrey({ pixelFormat }: VideoFacts): boolean {
  return /^(gray|ya)/.test(pixelFormat)
}

/**
 * The peak of a picture in PQ: its brightest pixel, or what the display shows on which it was graded. Neither is heeded in
 * HLG, whose light is relative.
 */
function peakOf({ staticHdr, colorTransfer }: VideoFacts): Pick<ColourMap, 'peakNits'> {
  const { light, mastering } = staticHdr ?? {}
  const nits = light?.maxCll || mastering?.maxNits
  return nits && colorTransfer === 'smpte2084' ? { peakNits: Math.round(nits) } : {}
}
