import Joi from 'joi'
import { LIMITS } from '../limits.js'
import { colorSchema } from './color.js'
import { always, assetNameSchema } from './common.js'
import type { Length, Percentage } from './placement.js'

export const TEXT_ALIGNS = ['left', 'center', 'right'] as const

export type TextAlign = (typeof TEXT_ALIGNS)[number]

export const TEXT_FITS = ['wrap', 'shrink', 'ellipsis'] as const

export type TextFit = (typeof TEXT_FITS)[number]

export const EMOJI_STYLES = ['color', 'mono'] as const

export type EmojiStyle = (typeof EMOJI_STYLES)[number]

/** How emoji of a text are drawn. */
export function emojiSchema(): Joi.StringSchema {
  return Joi.string()
    .valid(...EMOJI_STYLES)
    .default('color')
}

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
    .messages(always(message))
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
  emoji: emojiSchema().description(
    'Text only: "color": emoji have colours of their own; "mono": they are drawn in "font_color". A font asset that has ' +
      'emoji draws its own',
  ),
  align: nullable(Joi.string().valid(...TEXT_ALIGNS)).description(
    'Text only: alignment of the lines in "max_width", without which they follow the anchor; null: by the anchor and the script',
  ),
  max_width: nullable(lineWidth()).description(
    'Text only: width of the lines, which wrap if they are longer, between words where that is possible: pixels ' +
      `from 1 to ${LIMITS.positionPx}, or a percentage of the picture's width up to 100%, e.g. "60%"; null: up to ` +
      'the edge of the picture',
  ),
  fit: Joi.string()
    .valid(...TEXT_FITS)
    .default('wrap')
    .description(
      'Text only: what becomes of text that is larger than its room. "wrap": it takes as many lines as it needs; ' +
        '"shrink": "font_size" is reduced until the text fits and no word is broken; "ellipsis": the end is left ' +
        'out, and "…" stands in its place',
    ),
  max_lines: nullable(Joi.number().integer().min(1).max(LIMITS.textLines)).description(
    'Text only, with a "fit" of "shrink" or "ellipsis": the most lines; null: as many as the picture has room for',
  ),
}
