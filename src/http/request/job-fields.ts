import Joi from 'joi'
import { DEFAULT_PRIORITY } from '../../jobs/accept-upload.js'
import type { JsonObject } from '../../jobs/model.js'
import { refusedParts } from './fields.js'

/** What every route that makes a job takes besides its own fields. */
export interface JobFields {
  readonly priority: number
  readonly metadata: JsonObject
}

const MAX_METADATA_BYTES = 16 * 1024

export const metadataSchema = Joi.object()
  .unknown(true)
  .custom((value: object, helpers) =>
    Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA_BYTES ? helpers.error('metadata.size') : value,
  )
  .messages({ 'metadata.size': `is larger than the maximum of ${MAX_METADATA_BYTES} bytes of JSON` })
  .description(`Data of your own, returned with the job; at most ${MAX_METADATA_BYTES} bytes of JSON`)

export const prioritySchema = Joi.number()
  .integer()
  .min(1)
  .max(5)
  .description('1 is the highest, 5 the lowest')

export const jobFields = {
  priority: prioritySchema.default(DEFAULT_PRIORITY),
  metadata: metadataSchema.default({}),
}

/** The same as fields of a form, where an object is its JSON. The form's own check sees only the text of it. */
export const formJobFields = {
  priority: jobFields.priority,
  metadata: Joi.string()
    .max(MAX_METADATA_BYTES)
    .custom((text: string, helpers) => readMetadata(text) ?? helpers.error('metadata.json'))
    .messages({
      'metadata.json': `must be a JSON object of at most ${MAX_METADATA_BYTES} bytes that can be stored`,
    })
    .default({})
    .description(
      `Data of your own as a JSON object, returned with the job; at most ${MAX_METADATA_BYTES} bytes`,
    ),
}

/** null: it is none, or one that must not be stored. */
function readMetadata(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    const isRefused = refusedParts(value).length > 0 || Buffer.byteLength(text) > MAX_METADATA_BYTES
    return isObject && !isRefused ? value : null
  } catch {
    return null
  }
}

/** Those fields as a part of what tells requests apart; with their defaults they are left out, as before they existed. */
export function givenJobFields({ priority, metadata }: JobFields): JsonObject {
  return {
    ...(priority === DEFAULT_PRIORITY ? {} : { priority }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  }
}
