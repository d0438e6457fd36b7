import Joi from 'joi'
import { videoIdSchema } from '../../edit/operation-schemas.js'
import type { JsonObject } from '../../jobs/model.js'
import { metadataSchema, prioritySchema } from '../request/job-fields.js'
import { faultOfSchema } from './values-schema.js'

export interface TemplateBody {
  readonly name: string
  readonly description: string
  readonly edit: JsonObject
  readonly values_schema: JsonObject
}

export interface RenderBody {
  readonly video_id?: string
  readonly values: JsonObject
  readonly version?: number
  readonly priority?: number
  readonly metadata?: JsonObject
  readonly dry_run: boolean
}

/** Of the edit of a template, and of its schema. All versions of all templates are kept. */
const MAX_BYTES = 64 * 1024

/** What is checked when values stand in for the placeholders, since these may stand anywhere. */
const editOfTemplate = Joi.object(
  Object.fromEntries(
    ['video_id', 'operations', 'output', 'audio', 'image', 'priority', 'metadata'].map((name) => [
      name,
      Joi.any().description('The field of an edit, or a placeholder'),
    ]),
  ),
)
  .custom(limitBytes)
  .messages({ 'template.size': `is larger than the maximum of ${MAX_BYTES} bytes of JSON` })
  .description(
    'As `POST /api/v1/edits` takes it, with `{{name}}` in place of values. A text that is one placeholder becomes the ' +
      'value itself: a number, a list, an object. In other texts the value is written out',
  )

const valuesSchema = Joi.object()
  .unknown(true)
  .custom((schema: object, helpers) => {
    const limited: unknown = limitBytes(schema, helpers)
    if (limited !== schema) return limited
    const fault = faultOfSchema(schema)
    return fault === null ? schema : helpers.error('template.schema', { fault })
  })
  .messages({
    'template.size': `is larger than the maximum of ${MAX_BYTES} bytes of JSON`,
    'template.schema': 'is no schema that can be used: {{#fault}}',
  })
  .default({})
  .description(
    'JSON Schema (2020-12) of the values. `default` gives values that may be left out. There are no references, and no ' +
      '`pattern` or `format`',
  )

function limitBytes(value: object, helpers: Joi.CustomHelpers): unknown {
  const isLarge = Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES
  return isLarge ? helpers.error('template.size') : value
}

export const templateBody = Joi.object<TemplateBody>({
  name: Joi.string().min(1).max(200).required().description('For people'),
  description: Joi.string().allow('').max(500).default('').description('For people'),
  edit: editOfTemplate.required(),
  values_schema: valuesSchema,
})

export const renderBody = Joi.object<RenderBody>({
  video_id: videoIdSchema.optional().description('Absent: that of the template'),
  values: Joi.object()
    .pattern(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, Joi.any())
    .default({})
    .description('Values by the names of their placeholders'),
  version: Joi.number().integer().min(1).max(2_147_483_647).description('Absent: the newest version'),
  priority: prioritySchema,
  metadata: metadataSchema,
  dry_run: Joi.boolean().default(false).description('true: answer 200 with the plan and create no job'),
})
