import Joi from 'joi'
import { colorSchema } from './color-schema.js'
import { seconds, windowFields } from './common-schema.js'
import { concatFields } from './concat-schema.js'
import { LIMITS } from './limits.js'
import { loudnessFields } from './loudness-schema.js'
import type { Operation } from './operations.js'
import { overlayFields } from './overlay-schema.js'
import { replaceAudioFields } from './replace-audio-schema.js'
import { subtitlesFields } from './subtitles-schema.js'
import { trimOperationSchema } from './trim-schema.js'
import { watermarkFields } from './watermark-schema.js'

/**
 * The operations' schemas, from which requests are validated and the API's documentation is made. The fields
 * without `type` serve the routes of a single operation, the union serves POST /edits.
 */
export const videoIdSchema = Joi.string().guid().required().description('Id of the video to edit')

const size = (max: number = LIMITS.sidePx) => Joi.number().integer().min(1).max(max)

/** The fields beside `type` of each operation that has one form. */
const FIELDS: Readonly<Record<Exclude<Operation['type'], 'trim'>, Joi.PartialSchemaMap>> = {
  overlay: overlayFields,
  watermark: watermarkFields,
  crop: {
    width: size().required(),
    height: size().required(),
    x: size().min(0).allow(null).default(null).description('null: in the middle'),
    y: size().min(0).allow(null).default(null).description('null: in the middle'),
  },
  pad: {
    width: size().required(),
    height: size().required(),
    background: Joi.string().valid('color', 'blur').default('color'),
    color: colorSchema().default('black'),
  },
  resize: {
    width: size().allow(null).default(null).description('null: as height and the aspect ratio have it'),
    height: size().allow(null).default(null).description('null: as width and the aspect ratio have it'),
    fit: Joi.string().valid('fit', 'fill', 'stretch').default('fit'),
  },
  rotate: { angle: Joi.number().valid(90, 180, 270).required().description('Degrees clockwise') },
  flip: { direction: Joi.string().valid('horizontal', 'vertical').required() },
  speed: { factor: Joi.number().min(0.25).max(4).required() },
  fade: {
    in: seconds().default(0).description('Seconds at the start'),
    out: seconds().default(0).description('Seconds at the end'),
    target: Joi.string().valid('both', 'video', 'audio').default('both').description('What is faded'),
    color: colorSchema().default('black').description('What the picture comes from and goes to'),
  },
  volume: { gain_db: Joi.number().min(-60).max(20).required().description('Decibels') },
  mute: {},
  loudness: loudnessFields,
  replace_audio: replaceAudioFields,
  color: {
    brightness: Joi.number().min(-1).max(1).default(0),
    contrast: Joi.number().min(0).max(2).default(1),
    saturation: Joi.number().min(0).max(3).default(1),
  },
  blur: {
    x: size().min(0).required(),
    y: size().min(0).required(),
    width: size().required(),
    height: size().required(),
    radius: size(200).default(20).description('Pixels that flow into one another'),
    ...windowFields,
  },
  deinterlace: {},
  concat: concatFields,
  subtitles: subtitlesFields,
}

/** One operation of an edit, told apart by `type`. */
export const operationSchema = Joi.alternatives<Operation>()
  .conditional('.type', {
    switch: [
      { is: 'trim', then: trimOperationSchema },
      ...Object.entries(FIELDS).map(([type, fields]) => ({
        is: type,
        then: Joi.object({ type: Joi.string().valid(type).required(), ...fields }),
      })),
    ],
  })
  .messages({
    'alternatives.any': `{{#label}} must be an object with a "type" of: trim, ${Object.keys(FIELDS).join(', ')}`,
  })

export const operationsSchema = Joi.array<Operation[]>().items(operationSchema).max(LIMITS.operations)
