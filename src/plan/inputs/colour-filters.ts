import { withoutReserved } from '../colour/reserved-tags.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { ColorSpace } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import { SCALE_MATRIX, sourceMatrix } from './color-space.js'
import { colourMap, isCodedAs } from './colour-map.js'
import { oneSize } from './one-size.js'
import type { PictureForm } from './picture-form.js'
import { isTransparent } from './picture-input.js'
import { evenSize, hasRareMatrix, rgbFilters } from './rgb-filters.js'

/** Filters that make a decoded picture opaque, of a form's range and colours, with square pixels and of one size. */
export function colourFilters(video: VideoFacts, form: PictureForm): readonly FilterCall[] {
  return [...withoutReserved(video), ...oneSize(video), ...coloured(video, form)]
}

function coloured(video: VideoFacts, form: PictureForm): readonly FilterCall[] {
  const isBright = form.colorSpace === 'pq' || form.colorSpace === 'hlg'
  const map = colourMap(video, form.colorSpace)
  if (map !== null || hasRareMatrix(video) || (isBright && !isCodedAs(video, form.colorSpace))) {
    return [...rgbFilters(video, map), ...flattened(video), ...fromRgb(video, form), ...squarePixels(video)]
  }
  if (isBright) return squarePixels(video)
  if (isTransparent(video)) return flattenOnBlack(video, form)
  if (isReady(video, form)) return squarePixels(video)
  return [scale(video, sourceMatrix(video) ?? 'auto', form)]
}

/** Whether the pixels are square and in video range, with a matrix that an output can be tagged with. */
function isReady(video: VideoFacts, { colorSpace }: PictureForm): boolean {
  return isCodedAs(video, colorSpace) && isSquare(video) && sourceMatrix(video) === SCALE_MATRIX[colorSpace]
}

function isSquare({ sampleAspect }: VideoFacts): boolean {
  return sampleAspect.num === sampleAspect.den
}

function scale(video: VideoFacts, matrix: string, { colorSpace }: PictureForm): FilterCall {
  return [
    'scale',
    {
      w: video.width,
      h: video.height,
      in_color_matrix: matrix,
      out_color_matrix: SCALE_MATRIX[colorSpace],
      out_range: 'tv',
    },
  ]
}

/** Shows transparent pixels on black, which `premultiply` does. */
function flattenOnBlack(video: VideoFacts, form: PictureForm): readonly FilterCall[] {
  return [
    ['scale', { in_color_matrix: sourceMatrix(video) ?? 'auto' }],
    ['format', { pix_fmts: 'gbrap' }],
    ['premultiply', { inplace: 1 }],
    ['format', { pix_fmts: 'gbrp' }],
    scale(video, 'auto', form),
  ]
}

/** The same for planar RGB of 16 bits. */
function flattened(video: VideoFacts): readonly FilterCall[] {
  if (!isTransparent(video)) return []
  return [
    ['premultiply', { inplace: 1 }],
    ['format', { pix_fmts: 'gbrp16le' }],
  ]
}

/** Names of the matrices in `zscale`. */
const ZSCALE_MATRIX: Readonly<Record<ColorSpace, string>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'smpte170m',
  bt601: 'smpte170m',
  pq: 'bt2020nc',
  hlg: 'bt2020nc',
}

function fromRgb(video: VideoFacts, { colorSpace, pixelFormat }: PictureForm): readonly FilterCall[] {
  return [
    ...evenSize(video),
    ['zscale', { m: ZSCALE_MATRIX[colorSpace], r: 'limited' }],
    ['format', { pix_fmts: pixelFormat }],
  ]
}

/** Scales to square pixels. Frames that have this size pass untouched. */
function squarePixels({ width, height }: VideoFacts): readonly FilterCall[] {
  return [['scale', { w: width, h: height }]]
}
