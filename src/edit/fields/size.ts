import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { always } from './common.js'
import type { Length, Percentage } from './placement.js'

/** Size of a layer. null: by the other side and the aspect ratio; both null: its own size. */
export interface LayerSize {
  /** Pixels, or a share of the picture's width. */
  readonly width: Length | null
  /** Pixels, or a share of the picture's height. */
  readonly height: Length | null
}

/** 0.001 % to 1000 %, with at most three decimals. */
const SIZE_SHARE = /^(?!0+(?:\.0+)?%)(?:1000(?:\.0{1,3})?|\d{1,3}(?:\.\d{1,3})?)%$/

function side(): Joi.AlternativesSchema<Length | null> {
  const message =
    `{{#label}} must be a whole number of pixels from 1 to ${LIMITS.sidePx}, ` +
    'or a percentage up to "1000%"'
  return Joi.alternatives<Length | null>()
    .try(
      Joi.number().integer().min(1).max(LIMITS.sidePx).allow(null),
      Joi.string<Percentage>().pattern(SIZE_SHARE),
    )
    .default(null)
    .messages(always(message))
}

const NULL = 'null: by the other side and the aspect ratio; both null: its own size'

/** @param what has the size, for the descriptions */
export function sizeFields(what: string) {
  const limits = `1 to ${LIMITS.sidePx} pixels or up to "1000%"`
  return {
    width: side().description(`${what}: pixels, or a percentage of the picture's width; ${limits}. ${NULL}`),
    height: side().description(
      `${what}: pixels, or a percentage of the picture's height; ${limits}. ${NULL}`,
    ),
  }
}
