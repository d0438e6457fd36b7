import { type FrameWindow, widen } from './frame-window.js'
import type { Stage } from './timeline.js'

/** Frames that rounding can move the frames of another pace by. */
const PACE_MARGIN = 2

/** The frames that show these ones, of frames that come `pace` times as often. */
export function atPace({ start, end }: FrameWindow, pace: number, { frameCount }: Stage): FrameWindow {
  const scaled = { start: Math.floor(start * pace), end: Math.ceil(end * pace) }
  const window = widen(scaled, PACE_MARGIN, frameCount)
  // Rounding can leave the result a frame longer than the material.
  return { start: Math.min(window.start, frameCount - 1), end: window.end }
}
