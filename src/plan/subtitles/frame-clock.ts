import type { FrameWindow } from '../frames/frame-window.js'
import { assTime } from './ass-file.js'

/**
 * The start and end of a window in an ASS file. ASS counts hundredths of a second, and frames begin in between.
 * Where every change is known to the frame, a file is therefore written for a clock on which frame n begins at
 * n hundredths, whatever the frame rate.
 */
export function frameTimes({ start, end }: FrameWindow): string {
  return `${assTime(start)},${assTime(end)}`
}

/** Microseconds of that clock from one frame to the next. */
export const FRAME_US = 10_000

/** Microseconds into a frame at which it is drawn: so far from its ends that rounding leads to no other frame. */
export const MIDDLE_US = 5000
