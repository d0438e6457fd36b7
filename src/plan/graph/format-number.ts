/**
 * A number as ffmpeg reads it: without an exponent, with at most six decimals.
 * @throws RangeError for a number that is not finite, which is a fault of the compiler
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`)
  // Rounded to what six decimals can tell, a number is written without an exponent.
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)))
}
