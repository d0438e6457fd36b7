import type { FilterCall } from '../graph/graph-builder.js'
import { type FrameWindow, shift } from './frame-window.js'
import type { Timeline } from './timeline.js'

/** Filters that keep a window of the frames that a timeline delivers, each moved `by` frames later. */
export function keepFrames(
  kept: FrameWindow,
  { delivered, frameRate }: Pick<Timeline, 'delivered' | 'frameRate'>,
  by: number,
): FilterCall[] {
  const { start, end } = shift(kept, -delivered.start)
  const first = kept.start + by
  return [
    ['trim', { start_frame: start, end_frame: end }],
    // A filter with several inputs leaves a timebase that is not one frame.
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: `PTS-STARTPTS${first > 0 ? `+${first}` : ''}` }],
  ]
}
