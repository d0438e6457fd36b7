import type { FilterCall } from '../graph/graph-builder.js'
import { formatRational, framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

/** Puts frames one after another on the grid again, whatever their times were; the first is that of `first`. */
export function regrid({ frameRate }: Pick<Timeline, 'frameRate'>, first = 0): FilterCall[] {
  return [
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: first > 0 ? `N+${first}` : 'N' }],
    // Says that the rate is constant.
    ['fps', { fps: formatRational(frameRate), start_time: framesToSec(first, frameRate) }],
  ]
}
