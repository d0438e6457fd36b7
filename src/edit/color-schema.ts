import Joi from 'joi'
import { COLOR_PATTERN } from './color.js'

export function colorSchema(): Joi.StringSchema {
  return Joi.string()
    .pattern(COLOR_PATTERN)
    .messages({ 'string.pattern.base': '{{#label}} must be a CSS colour name, #rgb, #rrggbb or #rrggbbaa' })
}
