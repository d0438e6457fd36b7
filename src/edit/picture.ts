import Joi from 'joi'
import { seconds } from './fields/common.js'
import { LIMITS } from './limits.js'

/** How a single picture is coded. */
export const PICTURE_FORMATS = ['jpeg', 'webp'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

/** A picture of a moment, as clients ask for it. */
export interface PictureRequest {
  /** Seconds. */
  readonly at: number
  /** null: the width that the picture has. */
  readonly width: number | null
  readonly format: PictureFormat
}

const LEAST_WIDTH = 16

export const pictureFields = {
  at: seconds().default(0).description('Moment in seconds. The frame that is shown then is sent'),
  width: Joi.number()
    .integer()
    .min(LEAST_WIDTH)
    .max(LIMITS.sidePx)
    .allow(null)
    .default(null)
    .description(
      'Width of the picture in pixels, made even; never larger than it is. Absent: the width that it has',
    ),
  format: Joi.string()
    .valid(...PICTURE_FORMATS)
    .default('jpeg')
    .description('How the picture is coded'),
}
