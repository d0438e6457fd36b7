/** Timestamps are rounded to the time base of the file, and to microseconds by whoever prints them. */
const TOLERANCE_SEC = 0.002

/** What is wrong with frames that should be so many and evenly spaced from 0 on; null: nothing. */
export function checkEven(frames, { frameRate, frameCount }) {
  if (frames.length !== frameCount) return `${frames.length} frames instead of ${frameCount}`
  const first = frames[0]?.time ?? 0
  const at = frames.findIndex(({ time }, index) => Math.abs(time - first - index / frameRate) > TOLERANCE_SEC)
  if (at !== -1) return `frame ${at} is shown at ${frames[at].time} s`
  return null
}

/** Bits a second of the pictures alone. */
export function bitRateOf(frames, frameRate) {
  const bytes = frames.reduce((sum, { size }) => sum + size, 0)
  return (bytes * 8 * frameRate) / frames.length
}
