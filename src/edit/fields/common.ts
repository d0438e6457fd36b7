import Joi from 'joi'
import { ASSET_NAME_PATTERN, LIMITS } from '../limits.js'

/** A time or duration on the timeline, in seconds. */
export const seconds = () => Joi.number().min(0).max(LIMITS.durationSec)

/** An end that is later than the `start_time` in the same object. */
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
  start_time: seconds().default(0).description('When it appears, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('When it disappears, in seconds; null: at the end'),
}

/** A length in pixels, at least 1. */
export const pixels = (max: number = LIMITS.sidePx) => Joi.number().integer().min(1).max(max)
