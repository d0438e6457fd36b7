import type { FilterCall } from '../graph/graph-builder.js'
import { formatRational, framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

/**
 * Filters that put frames one after another on the grid, whatever their times were; the first is frame `first`. In
 * ffmpeg 7.0 no frame rate comes out of `setpts`, without which `tpad` gives all copies of a frame the same time, so
 * whatever sets the times of material ends with these filters. Counted by `N`, the end is behind the last frame, also
 * where the pictures say that they end where the last one begins, as those of `overlay` do up to 7.0.
 */
export function regrid({ frameRate }: Pick<Timeline, 'frameRate'>, first = 0): FilterCall[] {
  return [
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: first > 0 ? `N+${first}` : 'N' }],
    // States the rate.
    ['fps', { fps: formatRational(frameRate), start_time: framesToSec(first, frameRate) }],
  ]
}
