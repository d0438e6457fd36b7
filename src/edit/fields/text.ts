import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { colorSchema } from './color.js'
import { assetNameSchema } from './common.js'
import type { Length, Percentage } from './placement.js'

export const TEXT_ALIGNS = ['left', 'center', 'right'] as const

export type TextAlign = (typeof TEXT_ALIGNS)[number]

const nullable = <Schema extends Joi.AnySchema>(schema: Schema) => schema.allow(null).default(null)

/** More than 0 % and up to 100 %, with at most three decimals. */
const WIDTH_SHARE = /^(?!0+(?:\.0+)?%)(?:100(?:\.0{1,3})?|\d{1,2}(?:\.\d{1,3})?)%$/

/** The width of lines. */
function lineWidth(): Joi.AlternativesSchema<Length> {
  const message =
    `{{#label}} must be a whole number of pixels from 1 to ${LIMITS.positionPx}, ` +
    'or a percentage up to "100%"'
  return Joi.alternatives<Length>()
    .try(Joi.number().integer().min(1).max(LIMITS.positionPx), Joi.string<Percentage>().pattern(WIDTH_SHARE))
    .messages({ 'alternatives.match': message, 'alternatives.types': message })
}

/** Fields for the look of a text overlay, besides its size, colour and language. */
export const textFields = {
  font: nullable(assetNameSchema).description(
    'Text only: name of a font asset; null: the shipped font of the language',
  ),
  bold: Joi.boolean().default(false).description('Text only'),
  italic: Joi.boolean().default(false).description('Text only: slanted if the font has no italic'),
  outline_width: Joi.number()
    .min(0)
    .max(LIMITS.outlinePx)
    .default(0)
    .description('Text only: pixels of the outline around the letters'),
  outline_color: colorSchema().default('black').description('Text only: colour of the outline'),
  box_color: nullable(colorSchema()).description(
    'Text only: colour of a box behind the whole text; null: no box',
  ),
  box_padding: nullable(Joi.number().integer().min(0).max(LIMITS.boxPaddingPx)).description(
    "Text only: pixels from the text to the box's edge; null: a quarter of the font size",
  ),
  align: nullable(Joi.string().valid(...TEXT_ALIGNS)).description(
    'Text only: alignment of the lines in "max_width", without which they follow the anchor; null: by the anchor and the script',
  ),
  max_width: nullable(lineWidth()).description(
    'Text only: width of the lines, which wrap between words if they are longer: pixels from 1 to ' +
      `${LIMITS.positionPx}, or a percentage of the picture's width up to 100%, e.g. "60%"; null: no line wraps`,
  ),
}
