/**
 * A number as ffmpeg reads it: without an exponent, with at most six decimals.
 * @throws RangeError for a number that is not finite, which is a fault of the compiler
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`)
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(6).replace(/\.?0+$/, '')
}
