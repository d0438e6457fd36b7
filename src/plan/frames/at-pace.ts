import { type FrameWindow, widen } from './frame-window.js'
import type { Stage } from './timeline.js'

/** Frames by which rounding can shift a window at another pace. */
const PACE_MARGIN = 2

/** The window of the same time on a grid of `frameCount` frames that come `pace` times as often. */
export function atPace({ start, end }: FrameWindow, pace: number, { frameCount }: Stage): FrameWindow {
  const scaled = { start: Math.floor(start * pace), end: Math.ceil(end * pace) }
  const window = widen(scaled, PACE_MARGIN, frameCount)
  // Rounding can leave the result a frame longer than the material.
  return { start: Math.min(window.start, frameCount - 1), end: window.end }
}
