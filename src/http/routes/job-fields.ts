import Joi from 'joi'

const MAX_METADATA_BYTES = 16 * 1024

/** Fields of every body that makes a job. */
export const metadataSchema = () =>
  Joi.object()
    .unknown(true)
    .custom((value: object, helpers) =>
      Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA_BYTES ? helpers.error('metadata.size') : value,
    )
    .messages({ 'metadata.size': `is larger than the maximum of ${MAX_METADATA_BYTES} bytes of JSON` })
    .description(`Data of your own, returned with the job; at most ${MAX_METADATA_BYTES} bytes of JSON`)

export const prioritySchema = () =>
  Joi.number().integer().min(1).max(5).description('1 is the highest, 5 the lowest')
