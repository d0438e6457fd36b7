import type { FilterCall } from '../graph/graph-builder.js'
import { formatRational, framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

/** Filters that put frames one after another on the grid, whatever their times were; the first is frame `first`. */
export function regrid({ frameRate }: Pick<Timeline, 'frameRate'>, first = 0): FilterCall[] {
  return [
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: first > 0 ? `N+${first}` : 'N' }],
    // Marks the rate as constant.
    ['fps', { fps: formatRational(frameRate), start_time: framesToSec(first, frameRate) }],
  ]
}
