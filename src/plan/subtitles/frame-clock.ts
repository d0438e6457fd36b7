import type { FrameWindow } from '../frames/frame-window.js'
import { assTime } from './ass-file.js'

/**
 * ASS counts hundredths of a second, and frames begin in between. So where every look is known to the frame,
 * the file is written for a clock on which frame n begins at n hundredths, whatever the frame rate.
 */
export function frameTimes({ start, end }: FrameWindow): string {
  return `${assTime(start)},${assTime(end)}`
}

/** Microseconds of that clock from one frame to the next. */
export const FRAME_US = 10_000

/** Microseconds into a frame at which it is drawn: where no rounding takes it out of it. */
export const MIDDLE_US = 5000
