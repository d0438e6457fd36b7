import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { always } from './common.js'

/** A share of the picture's width or height. */
export type Percentage = `${number}%`

/** Pixels, or a share of the picture. */
export type Length = number | Percentage

export const ANCHORS = [
  'top-left',
  'top',
  'top-right',
  'left',
  'center',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const

/** A corner, the middle of a side, or the centre. */
export type Anchor = (typeof ANCHORS)[number]

/** Where a layer lies on the picture: the anchor of the layer lies on the anchor of the picture. */
export interface Placement {
  readonly anchor: Anchor
  /** Distance from there towards the inside: to the left from the right side, up from the bottom, else right and down. */
  readonly position_x: Length
  readonly position_y: Length
}

/** −100 % to 100 %, with at most three decimals. */
const POSITION_SHARE = /^-?(?:100(?:\.0{1,3})?|\d{1,2}(?:\.\d{1,3})?)%$/

/** A distance into the picture, or out of it. */
function position(): Joi.AlternativesSchema<Length> {
  const message =
    `{{#label}} must be a whole number of pixels from -${LIMITS.positionPx} to ${LIMITS.positionPx}, ` +
    'or a percentage from "-100%" to "100%"'
  return Joi.alternatives<Length>()
    .try(
      Joi.number().integer().min(-LIMITS.positionPx).max(LIMITS.positionPx),
      Joi.string<Percentage>().pattern(POSITION_SHARE),
    )
    .messages(always(message))
}

/** Fields that place a layer on the picture. */
export const placementFields = {
  anchor: Joi.string()
    .valid(...ANCHORS)
    .default('top-left')
    .description(
      'The point of the overlay that lies on the same point of the picture, e.g. its top left corner',
    ),
  position_x: position()
    .default(0)
    .description(
      'Distance from there towards the inside (to the left from the right side, else to the right): pixels, or a ' +
        `percentage of the picture's width, e.g. "25%"; within ±${LIMITS.positionPx} or ±100%`,
    ),
  position_y: position()
    .default(0)
    .description(
      'Distance from there towards the inside (up from the bottom, else down): pixels, or a percentage of the ' +
        `picture's height, e.g. "25%"; within ±${LIMITS.positionPx} or ±100%`,
    ),
}
