import Joi from 'joi'
import { colorSchema } from './color-schema.js'
import { assetNameSchema, seconds, windowFields } from './common-schema.js'
import { LIMITS } from './limits.js'
import { clipFields } from './clip-schema.js'
import { placementFields } from './placement-schema.js'
import { sizeFields } from './size-schema.js'
import { textFields } from './text-schema.js'

/** The fields of `overlay` beside its `type`. */
export const overlayFields = {
  overlay_type: Joi.string().valid('text', 'image', 'video').required(),
  content: Joi.string()
    .max(LIMITS.textLength)
    .pattern(/^[^\u0000]*$/, 'text without NUL')
    .required()
    .when('overlay_type', { not: 'text', then: assetNameSchema })
    .description('The text, or the name of an image or video asset'),
  ...placementFields,
  ...windowFields,
  fade_in: seconds().default(0).description('Seconds in which it appears, from "start_time" on'),
  fade_out: seconds()
    .default(0)
    .description('Seconds in which it vanishes, until the end of what is visible'),
  opacity: Joi.number().min(0).max(1).default(1).description('0: invisible, 1: solid'),
  rotation: Joi.number()
    .min(-360)
    .max(360)
    .default(0)
    .description(
      'Degrees clockwise: text about its anchor; an image or video is placed by the upright box around it',
    ),
  ...sizeFields('Image and video only'),
  ...clipFields,
  font_size: Joi.number()
    .integer()
    .min(1)
    .max(LIMITS.fontSizePx)
    .default(24)
    .description('Text only: pixels of the em square'),
  font_color: colorSchema()
    .default('white')
    .description('Text only: a CSS colour name, #rgb, #rrggbb or #rrggbbaa'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .default('en')
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag such as "hi" or "pt-BR"' })
    .description('Text only: language tag that chooses the font'),
  ...textFields,
}
