import Joi from 'joi'
import { assetNameSchema } from './common-schema.js'
import { LIMITS } from './limits.js'
import { sizeFields } from './size-schema.js'
import { WATERMARK_POSITIONS } from './watermark.js'

/** The fields of `watermark` beside its `type`. */
export const watermarkFields = {
  watermark_path: assetNameSchema.required().description('Name of an image asset'),
  position: Joi.string()
    .valid(...WATERMARK_POSITIONS)
    .default('bottom-right'),
  opacity: Joi.number().min(0.1).max(1).default(0.8),
  margin: Joi.number()
    .integer()
    .min(0)
    .max(LIMITS.positionPx)
    .default(10)
    .description('Pixels from the edges that the position names, and between those that are tiled'),
  ...sizeFields('The watermark'),
  tiled: Joi.boolean().default(false).description('Repeated from its position to all edges of the picture'),
}
