import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'

export interface FadeWindow {
  readonly type: 'in' | 'out'
  /** The frames of the timeline from which and to which is faded. */
  readonly window: FrameWindow
}

/**
 * Fades in or out. Each frame has the opacity of its own start: the first frame of a fade-in is invisible. The
 * filter goes by time, since it would count frames from the first one that it sees.
 */
export function fadeOf(
  { type, window }: FadeWindow,
  { frameRate }: Pick<Timeline, 'frameRate'>,
  extra: FilterCall[1] = {},
): FilterCall[] {
  if (isEmpty(window)) return []
  const [startSec, lengthSec] = [window.start, window.end - window.start].map((frames) =>
    framesToSec(frames, frameRate),
  )
  return [['fade', { type, start_time: startSec ?? 0, duration: lengthSec ?? 0, ...extra }]]
}
