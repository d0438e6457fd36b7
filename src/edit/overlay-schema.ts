import Joi from 'joi'
import { colorSchema } from './color-schema.js'
import { assetNameSchema, windowFields } from './common-schema.js'
import { LIMITS } from './limits.js'

const pixels = () => Joi.number().integer().min(-LIMITS.positionPx).max(LIMITS.positionPx)

/** The fields of `overlay` beside its `type`. */
export const overlayFields = {
  overlay_type: Joi.string().valid('text', 'image', 'video').required(),
  content: Joi.string()
    .max(LIMITS.textLength)
    .pattern(/^[^\u0000]*$/, 'text without NUL')
    .required()
    .when('overlay_type', { not: 'text', then: assetNameSchema })
    .description('The text, or the name of an image or video asset'),
  position_x: pixels().default(0).description("Pixels from the picture's left edge"),
  position_y: pixels().default(0).description("Pixels from the picture's top edge"),
  ...windowFields,
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
}
