/** A share of the picture's width or height. */
export type Percentage = `${number}%`

/** Pixels, or a share of the picture. */
export type Length = number | Percentage

export const ANCHORS = [
  ...(['top-left', 'top', 'top-right', 'left', 'center', 'right'] as const),
  ...(['bottom-left', 'bottom', 'bottom-right'] as const),
] as const

/** A corner, the middle of a side, or the middle. */
export type Anchor = (typeof ANCHORS)[number]

/** Where a layer lies on the picture: a point of the picture, and the same one of the layer, meet. */
export interface Placement {
  readonly anchor: Anchor
  /** From that point towards the inside: from the right to the left, from the bottom up, else right and down. */
  readonly position_x: Length
  readonly position_y: Length
}
