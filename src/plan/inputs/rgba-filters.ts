import type { FilterCall } from '../graph/graph-builder.js'
import type { VideoFacts } from '../model/facts.js'
import type { Size } from '../model/size.js'
import { isWide, sourceMatrix } from './color-space.js'
import { colourFilters } from './colour-filters.js'
import { standardForm } from './picture-form.js'
import { isTransparent } from './picture-input.js'

/**
 * Filters that turn any decoded picture into RGBA of standard range and colours, with square pixels, at a size and
 * rotated clockwise. The box around it grows with the rotation (`turnedSize`).
 */
export function rgbaFilters(video: VideoFacts, size: Size, degrees: number): readonly FilterCall[] {
  const quarter = quarterTurn(degrees)
  if (quarter) return [...sized(video, size), ['format', { pix_fmts: 'rgba' }], ...quarter]
  return [
    ...sized(video, size),
    ['format', { pix_fmts: 'gbrap' }],
    ...(isTransparent(video) ? [['premultiply', { inplace: 1 }] as const] : []),
    ...freeTurn(size, degrees),
    ['unpremultiply', { inplace: 1 }],
    ['format', { pix_fmts: 'rgba' }],
  ]
}

/** Size of the upright box around a rotated picture. */
export function turnedSize({ width, height }: Size, degrees: number): Size {
  const [sin, cos] = sinAndCos(degrees)
  // Thousandths of a pixel are rounding errors.
  const side = (length: number) => Math.ceil(length - 1e-3)
  return { width: side(width * cos + height * sin), height: side(width * sin + height * cos) }
}

function sized(video: VideoFacts, { width: w, height: h }: Size): FilterCall[] {
  // The colour filters leave pixels of BT.709.
  if (isWide(video))
    return [...colourFilters(video, standardForm(video)), ['scale', { w, h, in_color_matrix: 'bt709' }]]
  const matrix = sourceMatrix(video) ?? 'auto'
  const isScaled = w !== video.width || h !== video.height
  if (!isScaled || !isTransparent(video)) return [['scale', { w, h, in_color_matrix: matrix }], SQUARE]
  // Without premultiplying, scaling would show the invisible colours of transparent pixels at the edges.
  return [
    ['scale', { in_color_matrix: matrix }],
    ['format', { pix_fmts: 'gbrap' }],
    ['premultiply', { inplace: 1 }],
    ['scale', { w, h }],
    SQUARE,
    ['unpremultiply', { inplace: 1 }],
  ]
}

const SQUARE: FilterCall = ['setsar', { sar: 1 }]

/** Filters for a rotation without loss, by a multiple of 90°; null: by another angle. */
function quarterTurn(degrees: number): readonly FilterCall[] | null {
  switch (((degrees % 360) + 360) % 360) {
    case 0:
      return []
    case 90:
      return [['transpose', { dir: 'clock' }]]
    case 180:
      return [
        ['hflip', {}],
        ['vflip', {}],
      ]
    case 270:
      return [['transpose', { dir: 'cclock' }]]
    default:
      return null
  }
}

/** Filters that rotate a premultiplied picture. The transparent border smooths its edges. */
function freeTurn(size: Size, degrees: number): FilterCall[] {
  const { width: ow, height: oh } = turnedSize(size, degrees)
  return [
    ['pad', { w: size.width + 2, h: size.height + 2, x: 1, y: 1, color: 'black@0' }],
    ['rotate', { angle: (degrees * Math.PI) / 180, ow, oh, fillcolor: 'black@0' }],
  ]
}

function sinAndCos(degrees: number): readonly [number, number] {
  const angle = (degrees * Math.PI) / 180
  return [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))]
}
