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

/** The stretch of time that an operation changes. */
export interface TimeStretch {
  /** Seconds on the timeline; absent: 0. */
  readonly start_time?: number
  /** null or absent: the end. */
  readonly end_time?: number | null
}

export const timeStretchFields = {
  start_time: seconds().default(0).description('Where it begins, in seconds'),
  end_time: laterThanStart()
    .allow(null)
    .default(null)
    .description('Where it ends, in seconds; null: at the end'),
}

/** The messages of a number or text of which one sentence says all: whichever of its rules it breaks. */
export function always(message: string): Readonly<Record<string, string>> {
  return Object.fromEntries(NUMBER_OR_TEXT.map((code) => [code, message]))
}

const NUMBER_OR_TEXT = [
  ...['alternatives.match', 'alternatives.types', 'string.base', 'string.empty', 'string.pattern.base'],
  ...['number.base', 'number.infinity', 'number.integer', 'number.max', 'number.min', 'number.unsafe'],
] as const

/** A length in pixels, at least 1. */
export const pixels = (max: number = LIMITS.sidePx) => Joi.number().integer().min(1).max(max)
