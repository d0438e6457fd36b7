import type { FilterCall } from '../graph/graph-builder.js'
import { type FrameWindow, shift } from './frame-window.js'
import type { Timeline } from './timeline.js'

/** Of what a timeline delivers, these frames alone, each `by` frames later than it was. */
export function keepFrames(
  kept: FrameWindow,
  { delivered, frameRate }: Pick<Timeline, 'delivered' | 'frameRate'>,
  by: number,
): FilterCall[] {
  const { start, end } = shift(kept, -delivered.start)
  const first = kept.start + by
  return [
    ['trim', { start_frame: start, end_frame: end }],
    // Filters with several inputs leave other timebases than that of the frames.
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: `PTS-STARTPTS${first > 0 ? `+${first}` : ''}` }],
  ]
}
