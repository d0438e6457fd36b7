/**
 * The middle value, or the mean of the two in the middle.
 * @param {readonly number[]} values
 * @returns {number | null} null for no values
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return mean(
    sorted.length % 2 === 1 ? sorted.slice(middle, middle + 1) : sorted.slice(middle - 1, middle + 1),
  )
}

/**
 * @param {number | null | undefined} above
 * @param {number | null | undefined} below
 * @returns {number | null} null where one of the two is missing, or `below` is 0
 */
export function ratio(above, below) {
  if (above === null || above === undefined || !below) return null
  return above / below
}

/**
 * @param {readonly number[]} values
 * @returns {number | null} null for no values
 */
export function mean(values) {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * @param {number} value
 * @param {number} digits digits after the point
 */
export function round(value, digits) {
  return Number(value.toFixed(digits))
}

/**
 * @param {number | null | undefined} value
 * @param {number} digits digits after the point
 * @returns {number | null} null where there is no value
 */
export function roundOrNull(value, digits) {
  return value === null || value === undefined ? null : round(value, digits)
}
