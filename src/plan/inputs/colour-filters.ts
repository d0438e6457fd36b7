import type { FilterCall } from '../graph/graph-builder.js'
import type { VideoFacts } from '../model/facts.js'
import { colorSpaceOf, isHdr, isWide, SCALE_MATRIX, sourceMatrix } from './color-space.js'
import type { PictureForm } from './picture-form.js'
import { isTransparent } from './picture-input.js'

/** Filters that make a decoded picture opaque, of standard range and colours, with square pixels and of one size. */
export function colourFilters(video: VideoFacts, form: PictureForm): readonly FilterCall[] {
  if (form.colorSpace === 'pq' || form.colorSpace === 'hlg') return squarePixels(video)
  if (isWide(video)) return [...evenSize(video), ...toneMap(video, form), ...squarePixels(video)]
  if (isTransparent(video)) return flattenOnBlack(video)
  // A picture that changes its size is scaled to the first one.
  if (isReady(video)) return squarePixels(video)
  return [scale(video, sourceMatrix(video) ?? 'auto')]
}

/** Whether the pixels are square and in video range, with a matrix that an output can be tagged with. */
function isReady(video: VideoFacts): boolean {
  const isFullRange = video.colorRange === 'pc' || video.pixelFormat.startsWith('yuvj')
  return !isFullRange && isSquare(video) && sourceMatrix(video) !== null
}

function isSquare({ sampleAspect }: VideoFacts): boolean {
  return sampleAspect.num === sampleAspect.den
}

function scale(video: VideoFacts, matrix: string): FilterCall {
  return [
    'scale',
    {
      w: video.width,
      h: video.height,
      in_color_matrix: matrix,
      out_color_matrix: SCALE_MATRIX[colorSpaceOf(video)],
      out_range: 'tv',
    },
  ]
}

/** Shows transparent pixels on black, which `premultiply` does. */
function flattenOnBlack(video: VideoFacts): readonly FilterCall[] {
  return [
    ['scale', { in_color_matrix: sourceMatrix(video) ?? 'auto' }],
    ['format', { pix_fmts: 'gbrap' }],
    ['premultiply', { inplace: 1 }],
    ['format', { pix_fmts: 'gbrp' }],
    scale(video, 'auto'),
  ]
}

/** `zscale` rejects pictures with odd sides, whose last row or column of colour samples covers half a pixel. */
function evenSize({ codedWidth, codedHeight }: VideoFacts): readonly FilterCall[] {
  if (codedWidth % 2 === 0 && codedHeight % 2 === 0) return []
  return [['scale', { w: 'trunc(iw/2)*2', h: 'trunc(ih/2)*2' }]]
}

/** Nits of standard white in PQ and HLG: the value of ITU-R BT.2408 for graphics. */
const SDR_WHITE_NITS = 203

/** Maps a picture to BT.709 in linear light. Highlights of HDR are compressed into what SDR can show. */
function toneMap(video: VideoFacts, { pixelFormat }: PictureForm): readonly FilterCall[] {
  const source = {
    tin: isHdr(video) ? (video.colorTransfer ?? '') : 'bt709',
    pin: video.colorPrimaries === 'bt709' ? 'bt709' : 'bt2020',
    min: zscaleMatrix(video),
    rin: video.colorRange === 'pc' ? 'full' : 'limited',
  }
  const compressed: readonly FilterCall[] = isHdr(video) ? [['tonemap', { tonemap: 'hable', desat: 0 }]] : []
  return [
    ['zscale', { ...source, t: 'linear', npl: SDR_WHITE_NITS }],
    ['format', { pix_fmts: 'gbrpf32le' }],
    ['zscale', { p: 'bt709' }],
    ...compressed,
    ['zscale', { t: 'bt709', m: 'bt709', r: 'limited' }],
    ['format', { pix_fmts: pixelFormat }],
  ]
}

const ZSCALE_MATRICES: ReadonlySet<string> = new Set(['bt709', 'bt2020nc', 'bt2020c', 'smpte170m', 'bt470bg'])

/** `input` stands for what the frames say, e.g. RGB. */
function zscaleMatrix({ colorSpace }: VideoFacts): string {
  if (colorSpace === null) return 'bt2020nc'
  return ZSCALE_MATRICES.has(colorSpace) ? colorSpace : 'input'
}

/** Scales to square pixels. Frames that have this size pass untouched. */
function squarePixels({ width, height }: VideoFacts): readonly FilterCall[] {
  return [['scale', { w: width, h: height }]]
}
