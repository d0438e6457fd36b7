import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'

export interface FadeWindow {
  readonly type: 'in' | 'out'
  /** The frames of the timeline from which and to which is faded. */
  readonly window: FrameWindow
  /** The last frame of the window is as the first one after it would be: a fade-out is over before the film is. */
  readonly isComplete?: true
}

/**
 * Fades in or out. Each frame has the opacity of its own start: the first frame of a fade-in is invisible. The
 * filter goes by time, since it would count frames from the first one that it sees.
 */
export function fadeOf(
  { type, window, isComplete }: FadeWindow,
  { frameRate }: Pick<Timeline, 'frameRate'>,
  extra: FilterCall[1] = {},
): FilterCall[] {
  if (isEmpty(window)) return []
  // There is no time before the first frame: a fade of the whole film begins with it.
  const start = isComplete ? Math.max(0, window.start - 1) : window.start
  const frames = Math.max(1, (isComplete ? window.end - 1 : window.end) - start)
  const [start_time, duration] = [framesToSec(start, frameRate), framesToSec(frames, frameRate)]
  return [['fade', { type, start_time, duration, ...extra }]]
}
