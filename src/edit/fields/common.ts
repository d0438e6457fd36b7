import Joi from 'joi'
import { ASSET_NAME_PATTERN, LIMITS } from '../limits.js'

/** A moment or length on the timeline. */
export const seconds = () => Joi.number().min(0).max(LIMITS.durationSec)

/** An end, after the `start_time` beside it. */
export const laterThanStart = () =>
  seconds()
    .positive()
    .greater(Joi.ref('start_time'))
    .messages({ 'number.greater': '{{#label}} must be greater than "start_time"' })

export const assetNameSchema = Joi.string()
  .pattern(ASSET_NAME_PATTERN)
  .max(LIMITS.assetNameLength)
  .messages({ 'string.pattern.base': '{{#label}} must be an asset name: letters, digits, ".", "_" and "-"' })

export const windowFields = {
  start_time: seconds().default(0).description('First moment that shows the overlay, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('First moment that no longer shows it, in seconds; null: the end'),
}

/** A length in pixels, 1 at least. */
export const pixels = (max: number = LIMITS.sidePx) => Joi.number().integer().min(1).max(max)
