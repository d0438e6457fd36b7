import Joi from 'joi'
import { LIMITS } from '../limits.js'

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

/** −100 % to 100 %, with three decimals at most. */
const POSITION_SHARE = /^-?(?:100(?:\.0{1,3})?|\d{1,2}(?:\.\d{1,3})?)%$/

/** A distance within the picture, or out of it. */
function position(): Joi.AlternativesSchema<Length> {
  const message =
    `{{#label}} must be a whole number of pixels from -${LIMITS.positionPx} to ${LIMITS.positionPx}, ` +
    'or a percentage from "-100%" to "100%"'
  return Joi.alternatives<Length>()
    .try(
      Joi.number().integer().min(-LIMITS.positionPx).max(LIMITS.positionPx),
      Joi.string<Percentage>().pattern(POSITION_SHARE),
    )
    .messages({ 'alternatives.match': message, 'alternatives.types': message })
}

/** Where a layer lies on the picture. */
export const placementFields = {
  anchor: Joi.string()
    .valid(...ANCHORS)
    .default('top-left')
    .description('The point of the picture and the same one of the overlay that meet'),
  position_x: position()
    .default(0)
    .description(
      'From there towards the inside (to the left from the right side, else to the right): pixels, or a ' +
        `percentage of the picture's width such as "25%"; within ±${LIMITS.positionPx} or ±100%`,
    ),
  position_y: position()
    .default(0)
    .description(
      'From there towards the inside (up from the bottom, else down): pixels, or a percentage of the ' +
        `picture's height such as "25%"; within ±${LIMITS.positionPx} or ±100%`,
    ),
}
