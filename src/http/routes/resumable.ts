import Joi from 'joi'
import type { HttpConfig } from '../../config.js'
import { AppError } from '../../errors.js'
import type { JsonObject, Owner } from '../../jobs/model.js'
import { CHECKSUMS } from '../../jobs/uploads/append-bytes.js'
import type { Upload, UploadId } from '../../jobs/uploads/upload.js'
import type { UploadRequest } from '../../jobs/uploads/use-cases.js'
import { cleanFileName } from '../body/clean-file-name.js'
import { jsonBody } from '../body/json-body.js'
import { uploadTooLarge } from '../body/upload-limits.js'
import { presentUpload, uploadSchema } from '../present/upload.js'
import { empty, json, type Reply } from '../reply/reply.js'
import { idempotencyHeaders, type IdempotencyHeaders, readIdempotency } from '../request/idempotency.js'
import { type AppContext, type BodySpec, defineRoute, noInput, type Route } from '../route.js'
import { answerTus } from '../tus/answer-tus.js'
import { readLength, readMetadata, readParts } from '../tus/read-headers.js'
import { TUS_VERSION, tusBody, type TusRequest } from '../tus/tus-body.js'
import { TUS_EXTENSIONS } from '../tus/tus-store.js'
import { jsonAnswer } from './answers.js'
import { DEFAULT_PRIORITY, metadataSchema, prioritySchema } from './job-fields.js'

interface UploadBody {
  readonly filename: string
  readonly size: number | null
  readonly metadata: JsonObject
  readonly priority: number
}

const bodySchema = Joi.object<UploadBody>({
  filename: Joi.string().max(1000).required().description('Name of the file, as users see it'),
  size: Joi.number()
    .integer()
    .min(1)
    .allow(null)
    .default(null)
    .description('Bytes; null: it is told while the file is sent, by `Upload-Length`'),
  metadata: metadataSchema,
  priority: prioritySchema,
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

const tokenParams = Joi.object<{ token: string }>({ token: Joi.string().max(200).required() })

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
    headers: idempotencyHeaders,
    body: creationBody,
    options: tusOptions,
    answers: { 201: jsonAnswer('The upload', uploadSchema, { Location: 'Where to send the bytes', ...ENDS }) },
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

interface ByJson {
  readonly owner: Owner
  readonly headers: IdempotencyHeaders
  readonly body: UploadBody
}

async function createByJson(app: AppContext, { owner, headers, body }: ByJson): Promise<Reply> {
  const { metadata, priority, size: sizeBytes } = body
  const originalFilename = cleanFileName(body.filename)
  const upload = await create(app, owner, headers, {
    ...{ originalFilename, metadata, priority, sizeBytes },
    isPart: false,
  })
  const url = app.guard.uploads.pathOf(upload.id)
  return json(presentUpload(upload, url), 201, { Location: url, ...endsOf(upload) })
}

async function create(
  { useCases, config }: AppContext,
  owner: Owner,
  headers: IdempotencyHeaders,
  request: UploadRequest,
): Promise<Upload> {
  if ((request.sizeBytes ?? 0) > config.maxUploadBytes) throw uploadTooLarge(config.maxUploadBytes)
  const idempotency = readIdempotency(headers, 'resumable', { ...request })
  return useCases.resumable.create(owner, request, idempotency)
}

interface ByTus {
  readonly owner: Owner
  readonly headers: IdempotencyHeaders
  readonly tus: TusRequest
}

async function createByTus(app: AppContext, { owner, headers, tus }: ByTus): Promise<Reply> {
  const given = tus.request.headers
  const about = { ...readMetadata(given), priority: DEFAULT_PRIORITY }
  const parts = readParts(given)
  if (parts) {
    const partIds = parts.map((token) => app.guard.uploads.open(token))
    const { id } = await app.useCases.resumable.join(owner, { ...about, partIds, maxBytes: app.config.maxUploadBytes })
    return empty(201, { Location: app.guard.uploads.pathOf(id), ...(await finish(app, id)) })
  }
  const request = {
    ...about,
    sizeBytes: readLength(given, 'upload-length'),
    isPart: given.get('upload-concat') === 'partial',
  }
  let id: UploadId | null = null
  const reply = await speak(app, tus, async () => {
    id = (await create(app, owner, headers, request)).id
    return id
  })
  return id === null ? reply : empty(reply.status, { ...reply.headers, ...(await finish(app, id)) })
}

async function continueUpload(app: AppContext, id: UploadId, tus: TusRequest): Promise<Reply> {
  const before = await app.useCases.resumable.get(id)
  const { errorCode, errorMessage, kind } = before
  if (errorCode !== null) throw new AppError(errorCode, errorMessage ?? '')
  if (kind === 'joined' && tus.request.method === 'PATCH') {
    throw new AppError('upload-finished', 'The upload is made of parts and takes no bytes itself.')
  }
  const { status, headers } = await speak(app, tus, () => Promise.resolve(id))
  return empty(status, { ...headers, ...concatOf(app, before), ...(await finish(app, id)) })
}

/** HEAD has to repeat what the upload is made of. */
function concatOf({ guard }: AppContext, { kind, partIds }: Upload): Record<string, string> {
  if (kind === 'whole') return {}
  const urls = partIds.map((id) => guard.uploads.pathOf(id)).join(' ')
  return { 'Upload-Concat': kind === 'part' ? 'partial' : `final;${urls}` }
}

async function speak({ useCases, config, guard }: AppContext, tus: TusRequest, findId: () => Promise<UploadId>) {
  const { status, headers } = await answerTus({
    resumable: useCases.resumable,
    maxBytes: config.maxUploadBytes,
    tus,
    findId,
    pathOf: (id) => guard.uploads.pathOf(id),
  })
  return empty(status, headers)
}

async function finish({ useCases }: AppContext, id: UploadId): Promise<Record<string, string>> {
  return endsOf(await useCases.resumable.finish(id))
}

function endsOf({ jobId, videoId }: Upload): Record<string, string> {
  return jobId === null || videoId === null ? {} : { 'X-Job-Id': jobId, 'X-Video-Id': videoId }
}
