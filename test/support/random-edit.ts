import fc from 'fast-check'
import type { Operation } from '../../src/edit/operation.js'
import type { ImageOverlay } from '../../src/edit/operations/overlay.js'
import type { StretchTrim } from '../../src/edit/operations/trim.js'
import { imageOverlay, watermark } from './overlays.js'

/** The material as an operation finds it. */
export interface Extent {
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly rate: number
  readonly hasSound: boolean
}

/** Shares from 0 to 1, from which fitting numbers are made. */
type Shares = readonly [number, number, number, number]

interface Draw {
  readonly kind: Kind
  readonly shares: Shares
}

/** Typed so that a new operation must be listed here as drawn or not. */
const IS_DRAWN = {
  trim: true,
  overlay: true,
  watermark: true,
  crop: true,
  pad: true,
  resize: true,
  rotate: true,
  flip: true,
  speed: true,
  fade: true,
  volume: true,
  mute: true,
  color: true,
  blur: true,
  vignette: true,
  // The drawing of single steps knows no places between pixels.
  zoom: false,
  // It is measured before it is rendered.
  loudness: false,
  // These need sources of their own.
  replace_audio: false,
  deinterlace: false,
  concat: false,
  subtitles: false,
} as const satisfies Record<Operation['type'], boolean>

type Kind = {
  [Type in keyof typeof IS_DRAWN]: (typeof IS_DRAWN)[Type] extends true ? Type : never
}[keyof typeof IS_DRAWN]

const KINDS = (Object.keys(IS_DRAWN) as (keyof typeof IS_DRAWN)[]).filter(
  (type): type is Kind => IS_DRAWN[type],
)

/** The operations that are drawn. */
export type RandomOperation =
  Extract<Operation, { readonly type: Exclude<Kind, 'trim' | 'overlay'> }> | StretchTrim | ImageOverlay

const SMALLEST = 32

/** Size of the picture that overlays and watermarks show, under the name `logo.png`. */
export const LOGO = { width: 24, height: 16 } as const

const LARGEST = 320

const share = () => fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000)

const draws = fc.array(
  fc.record<Draw>({
    kind: fc.constantFrom(...KINDS),
    shares: fc.tuple(share(), share(), share(), share()),
  }),
  { minLength: 1, maxLength: 5 },
)

/** Draws valid edits of a material: each operation fits what the ones before it have left. */
export function randomEdits(material: Extent): fc.Arbitrary<RandomOperation[]> {
  return draws.map((drawn) => {
    let extent = material
    return drawn.flatMap((draw) => {
      const op = toOperation(draw, extent)
      if (!op) return []
      extent = after(op, extent)
      return [op]
    })
  })
}

/** Sizes and places are even, because places between the samples of colour are tested elsewhere. */
function even(value: number): number {
  return 2 * Math.round(value / 2)
}

function between(share: number, min: number, max: number): number {
  return min + share * (max - min)
}

function toOperation({ kind, shares }: Draw, extent: Extent): RandomOperation | null {
  const [a, b, c, d] = shares
  const { width, height, frames, rate } = extent
  switch (kind) {
    case 'trim': {
      if (frames < 5) return null
      const start = Math.floor(between(a, 0, frames - 5))
      const end = Math.ceil(between(b, start + 4, frames))
      return { type: 'trim', start_time: start / rate, end_time: end / rate, mode: 'exact' }
    }
    case 'crop': {
      const size = { width: even(between(a, SMALLEST, width)), height: even(between(b, SMALLEST, height)) }
      const [x, y] = [even(c * (width - size.width)), even(d * (height - size.height))]
      return { type: 'crop', ...size, x, y }
    }
    case 'pad': {
      const size = { width: even(between(a, width, LARGEST)), height: even(between(b, height, LARGEST)) }
      return { type: 'pad', ...size, background: 'color', color: c < 0.5 ? '#204060' : 'white' }
    }
    case 'resize': {
      const size = { width: even(between(a, SMALLEST, LARGEST)), height: even(between(b, SMALLEST, LARGEST)) }
      return { type: 'resize', ...size, fit: 'stretch' }
    }
    case 'rotate':
      return { type: 'rotate', angle: a < 0.33 ? 90 : a < 0.66 ? 180 : 270 }
    case 'flip':
      return { type: 'flip', direction: a < 0.5 ? 'horizontal' : 'vertical' }
    case 'speed': {
      const factor = a < 0.5 ? 2 : 0.5
      return frames < 10 || frames > 100 ? null : { type: 'speed', factor }
    }
    case 'fade':
      return {
        type: 'fade',
        in: Math.floor(a * frames * 0.4) / rate,
        out: Math.floor(b * frames * 0.4) / rate,
        ...{ target: 'both', color: 'black' },
      }
    case 'color':
      return {
        type: 'color',
        brightness: between(a, -0.2, 0.2),
        contrast: between(b, 0.7, 1.2),
        saturation: c * 2,
      }
    case 'blur': {
      const size = { width: even(between(a, 16, width / 2)), height: even(between(b, 16, height / 2)) }
      const [x, y] = [even(c * (width - size.width)), even(d * (height - size.height))]
      const start = Math.floor((c * frames) / 2) / rate
      return { type: 'blur', ...size, x, y, radius: 8, start_time: start, end_time: null }
    }
    case 'vignette':
      return { type: 'vignette', strength: a }
    case 'volume':
      return extent.hasSound ? { type: 'volume', gain_db: Math.round(between(a, -20, 0)) } : null
    case 'mute':
      return a < 0.3 ? { type: 'mute' } : null
    case 'overlay': {
      const [x, y] = [even(a * (width - LOGO.width)), even(b * (height - LOGO.height))]
      const times = {
        start_time: Math.floor((c * frames) / 2) / rate,
        end_time: d < 0.5 ? null : frames / rate,
      }
      return imageOverlay({ position_x: x, position_y: y, ...times })
    }
    case 'watermark':
      return watermark({ position: 'top-left', margin: even(a * SMALLEST), opacity: between(b, 0.3, 1) })
  }
}

function after(op: RandomOperation, extent: Extent): Extent {
  switch (op.type) {
    case 'trim':
      return {
        ...extent,
        frames:
          Math.round((op.end_time ?? extent.frames / extent.rate) * extent.rate) -
          Math.round(op.start_time * extent.rate),
      }
    case 'crop':
    case 'pad':
      return { ...extent, width: op.width, height: op.height }
    case 'resize':
      return { ...extent, width: op.width ?? extent.width, height: op.height ?? extent.height }
    case 'rotate':
      return op.angle === 180 ? extent : { ...extent, width: extent.height, height: extent.width }
    case 'speed':
      return { ...extent, frames: Math.round(extent.frames / op.factor) }
    case 'mute':
      return { ...extent, hasSound: false }
    case 'flip':
    case 'fade':
    case 'color':
    case 'blur':
    case 'vignette':
    case 'volume':
    case 'overlay':
    case 'watermark':
      return extent
  }
}
