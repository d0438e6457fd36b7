import { statedTag } from '../colour/reserved-tags.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { ColourMap } from '../model/colour-map.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf, isHdr, matrixOf } from './color-space.js'
import { isTransparent } from './picture-input.js'

/** Matrices that `zscale` knows and `scale` does not. */
const RARE_MATRICES: ReadonlySet<string> = new Set([
  ...['ycgco', 'bt2020c', 'ictcp', 'chroma-derived-nc', 'chroma-derived-c'],
])

/** Matrices that only their own transfer function and primaries give a meaning. */
const DEPENDENT_MATRICES: ReadonlySet<string> = new Set([
  'bt2020c',
  'ictcp',
  'chroma-derived-nc',
  'chroma-derived-c',
])

const USUAL_MATRICES: ReadonlySet<string> = new Set([
  ...['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'fcc', 'bt2020nc'],
])

export function hasRareMatrix(video: VideoFacts): boolean {
  return !isRgb(video) && RARE_MATRICES.has(video.colorSpace ?? '')
}

/**
 * Filters that turn a decoded picture into planar RGB of 16 bits, in full range, with its colours mapped. A transparent
 * picture keeps its straight alpha. Its colours stay where the map is null.
 */
export function rgbFilters(video: VideoFacts, map: ColourMap | null): readonly FilterCall[] {
  const isOpaque = !isTransparent(video)
  const isLinear = map?.from.transfer === 'linear'
  return [
    ...planar(video),
    ['zscale', { ...inputArgs(video), ...colourArgs(video, isLinear), m: 'gbr', r: 'full' }],
    ['format', { pix_fmts: isOpaque ? 'gbrp16le' : 'gbrap16le' }],
    ...tableOf(map),
  ]
}

/** No table is fine enough for dark samples of linear light: `zscale` gives these the curve of sRGB before. */
function tableOf(map: ColourMap | null): readonly FilterCall[] {
  if (!map) return []
  const isLinear = map.from.transfer === 'linear'
  if (isLinear && map.from.primaries === map.to.primaries) return []
  const from = isLinear ? { ...map.from, transfer: 'iec61966-2-1' } : map.from
  return [['lut3d', { interp: 'tetrahedral' }, { ...map, from }]]
}

/** `zscale` takes no packed formats, and makes no RGB of grey. */
function planar(video: VideoFacts): readonly FilterCall[] {
  if (isRgb(video)) return [['format', { pix_fmts: isTransparent(video) ? 'gbrap|gbrap16' : 'gbrp|gbrp16' }]]
  return video.pixelFormat.includes('444') ? [] : evenSize(video)
}

/** `zscale` takes and makes no 4:2:0 with odd sides, whose last row or column of colour samples covers half a pixel. */
export function evenSize({ codedWidth, codedHeight }: VideoFacts): readonly FilterCall[] {
  if (codedWidth % 2 === 0 && codedHeight % 2 === 0) return []
  return [['scale', { w: 'trunc(iw/2)*2', h: 'trunc(ih/2)*2' }]]
}

function inputArgs(video: VideoFacts): Readonly<Record<string, string>> {
  if (isRgb(video)) return { min: 'gbr', rin: 'full' }
  const isFull = video.colorRange === 'pc' || video.pixelFormat.startsWith('yuvj')
  return { min: matrixFor(video), rin: isFull ? 'full' : 'limited' }
}

function matrixFor(video: VideoFacts): string {
  const matrix = matrixOf(video)
  if (matrix !== null && (USUAL_MATRICES.has(matrix) || RARE_MATRICES.has(matrix))) return matrix
  if (isHdr(video) || video.colorPrimaries === 'bt2020') return 'bt2020nc'
  return colorSpaceOf(video) === 'bt709' ? 'bt709' : 'smpte170m'
}

/** `zscale` leaves the transfer function and the primaries alone where both sides have the same name, whatever it is. */
function colourArgs(video: VideoFacts, isLinear: boolean): Readonly<Record<string, string>> {
  if (isLinear) return { pin: 'bt709', tin: 'linear', p: 'bt709', t: 'iec61966-2-1' }
  const isDependent = DEPENDENT_MATRICES.has(video.colorSpace ?? '')
  const primaries = isDependent ? (statedTag(video.colorPrimaries) ?? 'bt2020') : 'bt709'
  const transfer = isDependent ? (statedTag(video.colorTransfer) ?? 'bt2020-10') : 'bt709'
  return { pin: primaries, tin: transfer, p: primaries, t: transfer }
}

function isRgb({ pixelFormat }: VideoFacts): boolean {
  return /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|gray|ya|mono)/.test(pixelFormat)
}
