import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'

export interface FadeStretch {
  readonly type: 'in' | 'out'
  /** The frames on the way, of the timeline. */
  readonly window: FrameWindow
}

/**
 * The share of each frame is that of its own start: the first of a fade-in is invisible. By time, not by
 * frames, which `fade` would count from the first one that it sees.
 */
export function fadeOf(
  { type, window }: FadeStretch,
  { frameRate }: Pick<Timeline, 'frameRate'>,
  extra: FilterCall[1] = {},
): FilterCall[] {
  if (isEmpty(window)) return []
  const [startSec, lengthSec] = [window.start, window.end - window.start].map((frames) =>
    framesToSec(frames, frameRate),
  )
  return [['fade', { type, start_time: startSec ?? 0, duration: lengthSec ?? 0, ...extra }]]
}
