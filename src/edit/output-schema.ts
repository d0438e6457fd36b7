import Joi from 'joi'
import { extrasFields } from './extras-schema.js'
import type { OutputRequest } from './output.js'
import { DEFAULT_QUALITIES, QUALITY_NAMES } from './qualities.js'

export const qualitiesSchema = Joi.array()
  .items(Joi.string().valid(...QUALITY_NAMES))
  .min(1)
  .unique()
  .description("Renditions by the size of the picture's shorter side")

export const outputSchema = Joi.object<OutputRequest>({
  qualities: qualitiesSchema.default([...DEFAULT_QUALITIES]),
  ...extrasFields,
})
  .allow(null)
  .description("Absent: one file at the edited picture's own size")
