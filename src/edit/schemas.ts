import Joi from 'joi'
import { COLOR_PATTERN } from './color.js'
import { ASSET_NAME_PATTERN, LIMITS } from './limits.js'
import { WATERMARK_POSITIONS, type Operation, type OutputRequest } from './operations.js'
import { DEFAULT_QUALITIES, QUALITY_NAMES } from './qualities.js'

/**
 * The edit's schemas, from which requests are validated and the API's documentation is made. The fields
 * without `type` serve the routes of a single operation, the union serves POST /edits.
 */
const seconds = () => Joi.number().min(0).max(LIMITS.durationSec)
const pixels = () => Joi.number().integer().min(-LIMITS.positionPx).max(LIMITS.positionPx)

export const videoIdSchema = Joi.string().guid().required().description('Id of the video to edit')

export const assetNameSchema = Joi.string()
  .pattern(ASSET_NAME_PATTERN)
  .max(LIMITS.assetNameLength)
  .messages({ 'string.pattern.base': '{{#label}} must be an asset name: letters, digits, ".", "_" and "-"' })

export const trimFields = {
  start_time: seconds().required().description('First moment to keep, in seconds'),
  end_time: seconds()
    .positive()
    .greater(Joi.ref('start_time'))
    .required()
    .messages({ 'number.greater': '{{#label}} must be greater than "start_time"' })
    .description('First moment not to keep, in seconds'),
  mode: Joi.string()
    .valid('exact', 'smart', 'keyframe')
    .default('exact')
    .description('How to cut: every mode is exact to the frame at present'),
}

const windowFields = {
  start_time: seconds().default(0).description('First moment that shows the overlay, in seconds'),
  end_time: seconds()
    .positive()
    .greater(Joi.ref('start_time'))
    .allow(null)
    .default(null)
    .messages({ 'number.greater': '{{#label}} must be greater than "start_time"' })
    .description('First moment that no longer shows it, in seconds; null: the end'),
}

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
  font_color: Joi.string()
    .pattern(COLOR_PATTERN)
    .default('white')
    .messages({ 'string.pattern.base': '{{#label}} must be a CSS colour name, #rgb, #rrggbb or #rrggbbaa' })
    .description('Text only: a CSS colour name, #rgb, #rrggbb or #rrggbbaa'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .default('en')
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag such as "hi" or "pt-BR"' })
    .description('Text only: language tag that chooses the font'),
}

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
    .description('Pixels from the edges that the position names'),
}

const typed = (type: Operation['type'], fields: Joi.PartialSchemaMap) =>
  Joi.object({ type: Joi.string().valid(type).required(), ...fields })

/** One operation of an edit, told apart by `type`. */
export const operationSchema = Joi.alternatives<Operation>()
  .conditional('.type', {
    switch: [
      { is: 'trim', then: typed('trim', trimFields) },
      { is: 'overlay', then: typed('overlay', overlayFields) },
      { is: 'watermark', then: typed('watermark', watermarkFields) },
    ],
  })
  .messages({
    'alternatives.any': '{{#label}} must be an object with a "type" of "trim", "overlay" or "watermark"',
  })

export const operationsSchema = Joi.array<Operation[]>().items(operationSchema).max(LIMITS.operations)

export const qualitiesSchema = Joi.array()
  .items(Joi.string().valid(...QUALITY_NAMES))
  .min(1)
  .unique()
  .description("Renditions by the size of the picture's shorter side")

export const outputSchema = Joi.object<OutputRequest>({
  qualities: qualitiesSchema.default([...DEFAULT_QUALITIES]),
})
  .allow(null)
  .description("Absent: one file at the edited picture's own size")
