import { withoutReserved } from '../colour/reserved-tags.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { ColourMap } from '../model/colour-map.js'
import type { ColorSpace } from '../model/encode.js'
import type { Orientation, VideoFacts } from '../model/facts.js'
import type { Size } from '../model/size.js'
import { sourceMatrix } from './color-space.js'
import { colourMap, joinedSpace } from './colour-map.js'
import { isTransparent } from './picture-input.js'
import { hasRareMatrix, rgbFilters } from './rgb-filters.js'

interface LaidOver {
  readonly size: Size
  /** Degrees clockwise. */
  readonly rotation: number
  /** Of the picture below. */
  readonly colorSpace: ColorSpace
}

/**
 * Filters that turn any decoded picture into RGBA of standard range and colours, with square pixels, at a size and
 * rotated clockwise. The box around it grows with the rotation (`turnedSize`).
 */
export function rgbaFilters(
  video: VideoFacts,
  { size, rotation: degrees, colorSpace }: LaidOver,
): readonly FilterCall[] {
  const quarter = quarterTurn(degrees)
  const upright = [...withoutReserved(video), ...orient(video), ...sized(video, size, colorSpace)]
  if (quarter) return [...upright, ['format', { pix_fmts: 'rgba' }], ...quarter]
  return [
    ...upright,
    ['format', { pix_fmts: 'gbrap' }],
    // Opaque pictures, too: since ffmpeg 9 what is not marked by it would be multiplied before `unpremultiply`.
    ['premultiply', { inplace: 1 }],
    ...freeTurn(size, degrees),
    ['unpremultiply', { inplace: 1 }],
    ['format', { pix_fmts: 'rgba' }],
  ]
}

/** Filters that turn the stored picture of an image upright. */
export function orient({ orientation }: Pick<VideoFacts, 'orientation'>): readonly FilterCall[] {
  return orientation === undefined ? [] : UPRIGHT[orientation]
}

const HFLIP: FilterCall = ['hflip', {}]
const VFLIP: FilterCall = ['vflip', {}]

const UPRIGHT: Readonly<Record<Orientation, readonly FilterCall[]>> = {
  2: [HFLIP],
  3: [HFLIP, VFLIP],
  4: [VFLIP],
  5: [['transpose', { dir: 'cclock_flip' }]],
  6: [['transpose', { dir: 'clock' }]],
  7: [['transpose', { dir: 'clock_flip' }]],
  8: [['transpose', { dir: 'cclock' }]],
}

/** Size of the upright box around a rotated picture. */
export function turnedSize({ width, height }: Size, degrees: number): Size {
  const [sin, cos] = sinAndCos(degrees)
  // Thousandths of a pixel are rounding errors.
  const side = (length: number) => Math.ceil(length - 1e-3)
  return { width: side(width * cos + height * sin), height: side(width * sin + height * cos) }
}

/** Straight RGB or, where nothing else is to be done, what a scaled picture is. */
function sized(video: VideoFacts, { width: w, height: h }: Size, space: ColorSpace): FilterCall[] {
  const isScaled = w !== video.width || h !== video.height
  const map = colourMap(video, joinedSpace(video, space))
  if (map !== null || hasRareMatrix(video))
    return [...mapped(video, map), ...resized(video, { w, h }, isScaled)]
  const matrix = sourceMatrix(video) ?? 'auto'
  if (!isScaled || !isTransparent(video)) return [['scale', { w, h, in_color_matrix: matrix }], SQUARE]
  return [
    ['scale', { in_color_matrix: matrix }],
    ['format', { pix_fmts: 'gbrap' }],
    ...resized(video, { w, h }, isScaled),
  ]
}

function mapped(video: VideoFacts, map: ColourMap | null): FilterCall[] {
  return [...rgbFilters(video, map), ['format', { pix_fmts: isTransparent(video) ? 'gbrap' : 'gbrp' }]]
}

/** Without premultiplying, scaling would show the invisible colours of transparent pixels at the edges. */
function resized(
  video: VideoFacts,
  { w, h }: { readonly w: number; readonly h: number },
  isScaled: boolean,
): FilterCall[] {
  if (!isScaled || !isTransparent(video)) return [['scale', { w, h }], SQUARE]
  return [['premultiply', { inplace: 1 }], ['scale', { w, h }], SQUARE, ['unpremultiply', { inplace: 1 }]]
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
