import Joi from 'joi'
import type { HttpConfig } from '../../config.js'
import { AppError } from '../../errors.js'
import { CHECKSUMS } from '../../jobs/uploads/checksum.js'
import { jsonBody } from '../body/json-body.js'
import { presentUpload, uploadSchema } from '../present/upload.js'
import { UPLOAD_EXAMPLE, UPLOAD_TOKEN_EXAMPLE } from '../present/upload-examples.js'
import { json } from '../reply/reply.js'
import { idempotencyHeaders } from '../request/idempotency.js'
import { jobFields } from '../request/job-fields.js'
import { type BodySpec, defineRoute, noInput, type Route } from '../route.js'
import {
  continueUpload,
  createByJson,
  createByTus,
  endsOf,
  speak,
  type UploadBody,
} from '../tus/handle-upload.js'
import { TUS_VERSION, tusBody, type TusRequest } from '../tus/tus-body.js'
import { TUS_EXTENSIONS } from '../tus/tus-store.js'
import { jsonAnswer } from './answers.js'

const bodySchema = Joi.object<UploadBody>({
  filename: Joi.string().max(1000).required().description('Name of the file, as users see it'),
  size: Joi.number()
    .integer()
    .min(1)
    .allow(null)
    .default(null)
    .description('Bytes; null: it is told while the file is sent, by `Upload-Length`'),
  ...jobFields,
})

const OPERATION_ID = 'createUpload'
const ofJson = jsonBody(OPERATION_ID, bodySchema)

type Creation = { readonly json: UploadBody } | { readonly tus: TusRequest }

/** JSON, or the headers of a tus client. */
const creationBody: BodySpec<Creation> = {
  content: ofJson.content,
  errors: [...new Set([...ofJson.errors, ...tusBody.errors])],
  receive: (exchange, checkHead, use) =>
    exchange.req.headers['tus-resumable'] === undefined
      ? ofJson.receive(exchange, checkHead, (body) => use({ json: body }))
      : tusBody.receive(exchange, checkHead, (tus) => use({ tus })),
}

const tokenParams = Joi.object<{ token: string }>({
  token: Joi.string().max(200).required().description('Id and signature: the end of `upload_url`'),
})

const tusOptions = ({ maxUploadBytes }: HttpConfig) => ({
  'Tus-Resumable': TUS_VERSION,
  'Tus-Version': TUS_VERSION,
  'Tus-Extension': TUS_EXTENSIONS.join(','),
  'Tus-Max-Size': String(maxUploadBytes),
  'Tus-Checksum-Algorithm': CHECKSUMS.join(','),
})

const ENDS = {
  'X-Job-Id': 'Id of the upload job, once all bytes have arrived',
  'X-Video-Id': 'Id of the video that it makes',
}
const INGEST_ERRORS = ['unsupported-media', 'disk-full', 'queue-full', 'storage-quota-exceeded'] as const

export const resumableRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/uploads',
    operationId: OPERATION_ID,
    tag: 'Videos',
    bucket: 'uploads',
    summary: 'Begin a resumable upload',
    description:
      'Answers with a signed URL that takes the bytes of one file by the [tus protocol](https://tus.io), in as many ' +
      'requests as it takes, also after interruptions, and from a browser without an API key. When all bytes are there, ' +
      'the file ends in the same job as one of `POST /upload`. A tus client may use this route as its endpoint: with ' +
      'the header `Tus-Resumable`, the request has no JSON, and `Upload-Metadata` has the `filename`.',
    example: { body: { filename: 'holiday.mp4', size: 5_510_872 }, answer: UPLOAD_EXAMPLE },
    headers: idempotencyHeaders,
    body: creationBody,
    options: tusOptions,
    answers: {
      201: jsonAnswer('The upload', uploadSchema, { Location: 'Where to send the bytes', ...ENDS }),
    },
    errors: ['upload-incomplete', 'idempotency-key-reused', ...INGEST_ERRORS],
    handler: ({ owner, headers, body }, app) =>
      'tus' in body
        ? createByTus(app, { owner, headers, tus: body.tus })
        : createByJson(app, { owner, headers, body: body.json }),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'open',
    path: '/uploads/resumable/{token}',
    operationId: 'getUpload',
    tag: 'Videos',
    summary: 'See how far a resumable upload is',
    description: 'HEAD is that of the tus protocol: it tells the offset at which to go on.',
    example: { parameters: { token: UPLOAD_TOKEN_EXAMPLE }, answer: UPLOAD_EXAMPLE },
    params: tokenParams,
    body: tusBody,
    options: tusOptions,
    answers: { 200: jsonAnswer('The upload', uploadSchema, ENDS) },
    errors: INGEST_ERRORS,
    handler: async ({ params, body: tus }, app) => {
      const id = app.guard.uploads.open(params.token)
      if (tus.request.method === 'HEAD') return continueUpload(app, id, tus)
      const upload = await app.useCases.resumable.finish(id)
      return json(presentUpload(upload, app.guard.uploads.pathOf(id)), 200, endsOf(upload))
    },
  }),
  defineRoute({
    ...noInput,
    method: 'patch',
    scope: 'open',
    path: '/uploads/resumable/{token}',
    operationId: 'sendUploadBytes',
    tag: 'Videos',
    summary: 'Send bytes of a resumable upload',
    description:
      'As the tus protocol has it: `Content-Type: application/offset+octet-stream`, `Upload-Offset` and the bytes. ' +
      '`Upload-Checksum` has them checked. The answer to the last bytes names the job.',
    example: { parameters: { token: UPLOAD_TOKEN_EXAMPLE } },
    params: tokenParams,
    body: tusBody,
    options: tusOptions,
    answers: {
      204: {
        description: 'The bytes are stored',
        content: [],
        headers: { 'Upload-Offset': 'Bytes that have arrived', 'Upload-Expires': 'When it expires', ...ENDS },
      },
    },
    errors: INGEST_ERRORS,
    handler: async ({ params, body: tus }, app) => {
      const id = app.guard.uploads.open(params.token)
      if (tus.request.headers.get('content-type') !== 'application/offset+octet-stream') {
        throw new AppError(
          'unsupported-content-type',
          'The content type must be application/offset+octet-stream.',
        )
      }
      return continueUpload(app, id, tus)
    },
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'open',
    path: '/uploads/resumable/{token}',
    operationId: 'deleteUpload',
    tag: 'Videos',
    summary: 'Give up a resumable upload',
    description: 'Removes what has arrived. A video that it has become stays.',
    example: { parameters: { token: UPLOAD_TOKEN_EXAMPLE } },
    params: tokenParams,
    body: tusBody,
    options: tusOptions,
    answers: { 204: { description: 'It is gone', content: [] } },
    errors: [],
    handler: async ({ params, body: tus }, app) => {
      const id = app.guard.uploads.open(params.token)
      return speak(app, tus, () => Promise.resolve(id))
    },
  }),
]
