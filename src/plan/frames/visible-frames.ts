import type { FrameWindow } from './frame-window.js'
import { firstFrameFrom, framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

/** The frames of a timeline that start within [start_time, end_time); empty when start equals end. */
export function visibleFrames(
  times: { readonly start_time: number; readonly end_time: number | null },
  { frameRate, frameCount }: Pick<Timeline, 'frameRate' | 'frameCount'>,
): FrameWindow {
  const start = Math.min(firstFrameFrom(times.start_time, frameRate), frameCount)
  const end =
    times.end_time === null ? frameCount : Math.min(firstFrameFrom(times.end_time, frameRate), frameCount)
  return { start, end }
}

/**
 * The `enable` option that switches a filter on for exactly these frames; no option if they are all. The
 * borders lie half a frame before the frames' starts, so that rounding cannot move them.
 */
export function enableArgs(window: FrameWindow, { frameRate, frameCount }: Timeline): { enable?: string } {
  if (window.start === 0 && window.end === frameCount) return {}
  const [from, until] = [window.start - 0.5, window.end - 0.5].map((frame) =>
    framesToSec(frame, frameRate).toFixed(6),
  )
  return { enable: `gte(t,${from})*lt(t,${until})` }
}
