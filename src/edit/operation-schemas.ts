import Joi from 'joi'
import { LIMITS } from './limits.js'
import type { Operation } from './operation.js'
import { blurFields } from './operations/blur.js'
import { colorFields } from './operations/color.js'
import { concatFields } from './operations/concat.js'
import { cropFields } from './operations/crop.js'
import { fadeFields } from './operations/fade.js'
import { flipFields } from './operations/flip.js'
import { loudnessFields } from './operations/loudness.js'
import { muteFields } from './operations/mute.js'
import { overlayFields } from './operations/overlay.js'
import { padFields } from './operations/pad.js'
import { replaceAudioFields } from './operations/replace-audio.js'
import { resizeFields } from './operations/resize.js'
import { rotateFields } from './operations/rotate.js'
import { speedFields } from './operations/speed.js'
import { subtitlesFields } from './operations/subtitles.js'
import { trimOperationSchema } from './operations/trim.js'
import { vignetteFields } from './operations/vignette.js'
import { volumeFields } from './operations/volume.js'
import { watermarkFields } from './operations/watermark.js'
import { zoomFields } from './operations/zoom.js'

/**
 * The schemas of operations validate requests, and the API's documentation is made from them. The fields without `type`
 * serve the routes of a single operation, the union serves POST /edits.
 */
export const videoIdSchema = Joi.string()
  .guid({ separator: '-', wrapper: false })
  .required()
  .description('Id of the video to edit')

/** The fields without `type` of each operation that has only one form. */
export const OPERATION_FIELDS: Readonly<Record<Exclude<Operation['type'], 'trim'>, Joi.PartialSchemaMap>> = {
  overlay: overlayFields,
  watermark: watermarkFields,
  crop: cropFields,
  pad: padFields,
  resize: resizeFields,
  rotate: rotateFields,
  flip: flipFields,
  speed: speedFields,
  fade: fadeFields,
  volume: volumeFields,
  mute: muteFields,
  loudness: loudnessFields,
  replace_audio: replaceAudioFields,
  color: colorFields,
  blur: blurFields,
  vignette: vignetteFields,
  deinterlace: {},
  concat: concatFields,
  subtitles: subtitlesFields,
  zoom: zoomFields,
}

/** An operation with its `type`. */
export function withType(type: string, fields: Joi.PartialSchemaMap): Joi.ObjectSchema {
  return Joi.object({ type: Joi.string().valid(type).required().description('The operation'), ...fields })
}

/** One operation of an edit, distinguished by `type`. */
export const operationSchema = Joi.alternatives<Operation>()
  .conditional('.type', {
    switch: [
      { is: 'trim', then: trimOperationSchema },
      ...Object.entries(OPERATION_FIELDS).map(([type, fields]) => ({
        is: type,
        then: withType(type, fields),
      })),
    ],
  })
  .messages({
    'alternatives.any': `{{#label}} must be an object with a "type" of: trim, ${Object.keys(OPERATION_FIELDS).join(', ')}`,
  })

export const operationsSchema = Joi.array<Operation[]>().items(operationSchema).max(LIMITS.operations)
