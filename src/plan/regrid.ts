import type { FilterCall } from './graph-builder.js'
import { formatRational } from './rational.js'
import type { Timeline } from './timeline.js'

/** Puts frames one after another on the grid again, whatever their times were. */
export function regrid({ frameRate }: Pick<Timeline, 'frameRate'>): FilterCall[] {
  return [
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: 'N' }],
    // Says that the rate is constant.
    ['fps', { fps: formatRational(frameRate), start_time: 0 }],
  ]
}
