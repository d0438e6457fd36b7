/** @import { Frame } from '../types.d.ts' */

/** Timestamps are rounded to the time base of the file, and to microseconds by what prints them. */
const TOLERANCE_SEC = 0.002

/**
 * Checks the number of frames, and that they are evenly spaced from the first one on.
 * @param {readonly Frame[]} frames
 * @param {{ frameRate: number, frameCount: number }} expected
 * @returns {string | null} what is wrong with them; null: nothing
 */
export function checkEven(frames, { frameRate, frameCount }) {
  if (frames.length !== frameCount) return `${frames.length} frames instead of ${frameCount}`
  const first = frames[0]?.time ?? 0
  const at = frames.findIndex(({ time }, index) => Math.abs(time - first - index / frameRate) > TOLERANCE_SEC)
  return at === -1 ? null : `frame ${at} is shown at ${frames[at]?.time} s`
}

/**
 * Bits a second of the pictures alone.
 * @param {readonly Frame[]} frames
 * @param {number} frameRate
 */
export function bitRateOf(frames, frameRate) {
  const bytes = frames.reduce((sum, { size }) => sum + size, 0)
  return (bytes * 8 * frameRate) / frames.length
}
