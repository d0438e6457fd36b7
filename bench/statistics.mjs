/** The middle value, or the mean of the two in the middle; null of nothing. */
export function median(values) {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** null where one of the two is missing, or there is nothing to divide by. */
export function ratio(above, below) {
  if (above === null || above === undefined || !below) return null
  return above / below
}

export function mean(values) {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** To so many digits after the point; null stays null. */
export function round(value, digits) {
  return value === null || value === undefined ? null : Number(value.toFixed(digits))
}
