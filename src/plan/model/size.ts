/** Whole pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** The nearest even number of pixels, as 4:2:0 pictures need. */
export function even(size: number): number {
  return Math.max(2, 2 * Math.round(size / 2))
}
