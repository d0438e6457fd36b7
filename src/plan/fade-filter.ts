import { isEmpty, type FrameWindow } from './frame-window.js'
import type { FilterCall } from './graph-builder.js'
import { framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

export interface FadeStretch {
  readonly type: 'in' | 'out'
  /** The frames on the way, of the timeline. */
  readonly window: FrameWindow
}

/**
 * The share of each frame is that of its own start: the first of a fade-in is invisible. By time, not by frames,
 * which `fade` would count from the first one that it sees.
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
