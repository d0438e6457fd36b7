import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { mostLooped } from '../frames/most-looped.js'
import { regrid } from '../frames/regrid.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { Size } from '../model/size.js'
import type { ShownAs } from '../model/sources.js'

interface Playing {
  readonly shown: Pick<ShownAs, 'plays'>
  /** The frames of the film that the material is. */
  readonly window: FrameWindow
  /** Those of the material that are needed; null: all. */
  readonly wanted: FrameWindow | null
}

/** Plays the frames of an image again and again, or holds the last one. A repeated frame is shown again, not copied. */
export function playOn(graph: GraphBuilder, own: Timeline, { shown, window, wanted }: Playing): Timeline {
  const frameCount = lengthOf(window)
  const delivered = wanted ?? { start: 0, end: frameCount }
  const kept = shift(delivered, own.frameCount === 1 ? -delivered.start : window.start)
  const videoPad = graph.chain(own.videoPad, [
    ...repeated(own, shown, window.end),
    ['trim', { start_frame: kept.start, end_frame: kept.end }],
    ...regrid(own, delivered.start),
  ])
  return { ...own, videoPad, frameCount, delivered }
}

function repeated(own: Timeline, { plays }: Playing['shown'], frameCount: number): FilterCall[] {
  // A grid needs several frames: of one, `fps` may make none.
  if (own.frameCount === 1) return [['loop', { loop: -1, size: 1 }], ...regrid(own)]
  const hold: FilterCall = ['tpad', { stop: -1, stop_mode: 'clone' }]
  if (own.frameCount >= frameCount || plays === 1) return [...regrid(own), hold]
  const times = plays === Infinity ? -1 : plays - 1
  return [...regrid(own), ['loop', { loop: times, size: own.frameCount }], ...regrid(own), hold]
}

/** Why an animation cannot be played again, for which its frames are kept in memory; null: it can. */
export function excessOfLoop({ ownFrames, plays }: ShownAs, frameCount: number, size: Size): string | null {
  if (ownFrames === 1 || plays === 1 || ownFrames >= frameCount) return null
  const most = mostLooped(size, BYTES_PER_PIXEL)
  if (ownFrames <= most) return null
  return `at ${size.width}×${size.height} a repeated animation may have at most ${most} frames; this one has ${ownFrames}`
}

/** A sample of brightness and a quarter of the two of colour. */
const BYTES_PER_PIXEL = 1.5
