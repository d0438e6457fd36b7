import type { FilterCall } from '../graph/graph-builder.js'
import { type FrameWindow, shift } from './frame-window.js'
import { regrid } from './regrid.js'
import type { Timeline } from './timeline.js'

/** Filters that keep a window of the frames that a timeline delivers, each moved `by` frames later. */
export function keepFrames(
  kept: FrameWindow,
  { delivered, frameRate }: Pick<Timeline, 'delivered' | 'frameRate'>,
  by: number,
): FilterCall[] {
  const { start, end } = shift(kept, -delivered.start)
  return [['trim', { start_frame: start, end_frame: end }], ...regrid({ frameRate }, kept.start + by)]
}
