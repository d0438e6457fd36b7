/** A whole number in so many parts that differ by one at most; none is 0, so there may be fewer. */
export function evenly(total: number, parts: number): number[] {
  const count = Math.max(1, Math.min(parts, total))
  const until = (index: number) => Math.floor((index * total) / count)
  return Array.from({ length: count }, (_, index) => until(index + 1) - until(index))
}
