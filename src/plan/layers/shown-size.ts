import type { LayerSize } from '../../edit/fields/size.js'
import { LIMITS } from '../../edit/limits.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, lengthOf } from '../frames/frame-window.js'
import { mostLooped } from '../frames/most-looped.js'
import type { Timeline } from '../frames/timeline.js'
import { turnedSize } from '../inputs/rgba-filters.js'
import type { Size } from '../model/size.js'
import type { PictureAsset } from './find-asset.js'
import { clipLength } from './lay-picture.js'
import { layerSize } from './layer-size.js'

/** The size at which an asset is shown; null, with the mistake noted, when that is too large. */
export function shownSize(
  { findings, pointer }: CompileContext,
  asked: LayerSize,
  picture: Size,
  { video }: PictureAsset,
): Size | null {
  const size = layerSize(asked, picture, video)
  if (Math.max(size.width, size.height) <= LIMITS.sidePx) return size
  findings.reject(
    `${pointer}/${asked.width === null ? 'height' : 'width'}`,
    `it would be shown at ${size.width}×${size.height}; at most ${LIMITS.sidePx} pixels a side are allowed`,
  )
  return null
}

/** A sample of brightness and one of transparency, and a quarter of the two of colour. */
const BYTES_PER_PIXEL = 2.5

/** A clip that begins again when it is over, until its window ends. */
interface RepeatedClip {
  readonly clip: PictureAsset
  readonly size: Size
  /** Degrees clockwise. */
  readonly rotation: number
  readonly window: FrameWindow
  /** Field of the operation that has it repeated. */
  readonly field: string
}

/** Whether a clip can be repeated, for which its pictures are kept in memory; else the mistake is noted. */
export function fitsLoop(
  { findings, pointer }: CompileContext,
  { clip, size, rotation, window, field }: RepeatedClip,
  timeline: Timeline,
): boolean {
  const frames = clipLength(clip, timeline)
  if (frames >= lengthOf(window)) return true
  const { width, height } = turnedSize(size, rotation)
  const most = mostLooped({ width, height }, BYTES_PER_PIXEL)
  if (frames <= most) return true
  const message = `at ${width}×${height} a repeated clip may have at most ${most} frames; this one has ${frames}`
  findings.reject(`${pointer}/${field}`, message)
  return false
}
