/**
 * A number as ffmpeg reads it: never an exponent, never NaN, at most microseconds or millionths.
 * @throws RangeError for a number that is not finite: the compiler has a fault.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`)
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(6).replace(/\.?0+$/, '')
}
