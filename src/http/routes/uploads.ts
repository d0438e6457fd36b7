import Joi from 'joi'
import { multipartBody } from '../body/multipart-body.js'
import { NEW_JOB_EXAMPLE } from '../present/examples.js'
import { idempotencyHeaders, readIdempotency } from '../request/idempotency.js'
import { formJobFields, givenJobFields, type JobFields } from '../request/job-fields.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { accepted, acceptedAnswers } from './answers.js'

export const uploadRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/upload',
    operationId: 'uploadVideo',
    tag: 'Videos',
    bucket: 'uploads',
    summary: 'Upload a video',
    description:
      'Stores one file and starts an `upload` job, which probes it and makes its poster. The type of the file is ' +
      'found from its bytes; its name and content type are not trusted.',
    example: {
      parameters: { 'idempotency-key': 'upload-17' },
      body: { file: 'holiday.mp4', metadata: JSON.stringify({ ref: 'A-17' }) },
      answer: {
        ...NEW_JOB_EXAMPLE,
        type: 'upload',
        config: { original_filename: 'holiday.mp4' },
        metadata: {},
      },
    },
    headers: idempotencyHeaders,
    body: multipartBody(Joi.object<JobFields>(formJobFields)),
    answers: acceptedAnswers,
    errors: [
      'unsupported-media',
      'idempotency-key-reused',
      'disk-full',
      'queue-full',
      'storage-quota-exceeded',
      'orchestrator-unavailable',
    ],
    handler: async ({ owner, audience, headers, body }, { useCases }) => {
      const { sha256, originalFilename } = body.file
      const subject = { sha256, originalFilename, ...givenJobFields(body.fields) }
      const idempotency = readIdempotency(headers, 'upload', subject)
      return accepted(await useCases.acceptUpload(owner, body.file, idempotency, body.fields), audience)
    },
  }),
]
