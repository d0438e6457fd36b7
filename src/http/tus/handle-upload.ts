import { AppError, asAppError, ERRORS } from '../../errors.js'
import { DEFAULT_PRIORITY } from '../../jobs/accept-upload.js'
import type { JsonObject, Owner } from '../../jobs/model.js'
import type { Upload, UploadId } from '../../jobs/uploads/upload.js'
import type { UploadRequest } from '../../jobs/uploads/use-cases.js'
import { cleanFileName } from '../body/clean-file-name.js'
import { uploadTooLarge } from '../body/upload-limits.js'
import { presentUpload } from '../present/upload.js'
import { empty, type EmptyReply, json, type Reply } from '../reply/reply.js'
import { type IdempotencyHeaders, readIdempotency } from '../request/idempotency.js'
import type { AppContext } from '../route.js'
import { answerTus, requireVersion } from './answer-tus.js'
import { readLength, readMetadata, readParts } from './read-headers.js'
import type { TusRequest } from './tus-body.js'

export interface UploadBody {
  readonly filename: string
  readonly size: number | null
  readonly metadata: JsonObject
  readonly priority: number
}

interface ByJson {
  readonly owner: Owner
  readonly headers: IdempotencyHeaders
  readonly body: UploadBody
}

export async function createByJson(app: AppContext, { owner, headers, body }: ByJson): Promise<Reply> {
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

export async function createByTus(app: AppContext, { owner, headers, tus }: ByTus): Promise<Reply> {
  const given = tus.request.headers
  const about = { ...readMetadata(given), priority: DEFAULT_PRIORITY }
  const parts = readParts(given)
  if (parts) {
    requireVersion(given)
    const partIds = parts.map((token) => app.guard.uploads.open(token))
    const joined = await app.useCases.resumable.join(owner, {
      ...about,
      partIds,
      maxBytes: app.config.maxUploadBytes,
    })
    const { id } = joined
    throwFailure(joined)
    return empty(201, { Location: app.guard.uploads.pathOf(id), ...(await finish(app, id)) })
  }
  const request = {
    ...about,
    sizeBytes: readLength(given, 'upload-length'),
    isPart: given.get('upload-concat') === 'partial',
  }
  const made: UploadId[] = []
  const reply = await speak(app, tus, async () => {
    const { id } = await create(app, owner, headers, request)
    made.push(id)
    return id
  }).catch(async (error: unknown) => {
    // Its sender has no URL to go on with, unless he repeats the request with its key.
    // What cannot be removed now expires.
    if (headers['idempotency-key'] === undefined) {
      for (const id of made) await remove(app, id).catch(() => undefined)
    }
    throw error
  })
  const [id] = made
  return id === undefined ? reply : empty(reply.status, { ...reply.headers, ...(await finishSoon(app, id)) })
}

async function remove({ useCases }: AppContext, id: UploadId): Promise<void> {
  const held = await useCases.resumable.hold(id, new AbortController().signal, () => {})
  await held.remove().finally(() => held.release())
}

/** HEAD and PATCH. What was complete and had no job yet gets it. */
export async function continueUpload(app: AppContext, id: UploadId, tus: TusRequest): Promise<Reply> {
  const before = await app.useCases.resumable.get(id)
  const { kind } = before
  throwFailure(before)
  if (kind === 'joined' && tus.request.method === 'PATCH') {
    throw new AppError('upload-finished', 'The upload is made of parts and takes no bytes itself.')
  }
  const { status, headers } = await speak(app, tus, () => Promise.resolve(id))
  return empty(status, { ...headers, ...concatOf(app, before), ...(await finishSoon(app, id)) })
}

/** An upload that was refused says so again. */
function throwFailure({ errorCode, errorMessage }: Upload): void {
  if (errorCode !== null) throw new AppError(errorCode, errorMessage ?? '')
}

/**
 * All bytes are there, and the job cannot be made at the moment: the next look at the upload makes it. An error would
 * have clients send all bytes again.
 */
async function finishSoon(app: AppContext, id: UploadId): Promise<Record<string, string>> {
  return finish(app, id).catch((error: unknown) => {
    if (ERRORS[asAppError(error).code].retry !== 'never') return {}
    throw error
  })
}

/** HEAD has to repeat what the upload is made of. */
function concatOf({ guard }: AppContext, { kind, partIds }: Upload): Record<string, string> {
  if (kind === 'whole') return {}
  const urls = partIds.map((id) => guard.uploads.pathOf(id)).join(' ')
  return { 'Upload-Concat': kind === 'part' ? 'partial' : `final;${urls}` }
}

/** Has the library answer. */
export async function speak(
  { useCases, config, guard }: AppContext,
  tus: TusRequest,
  findId: () => Promise<UploadId>,
): Promise<EmptyReply> {
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

/** Headers that name what an upload has become. */
export function endsOf({ jobId, videoId }: Upload): Record<string, string> {
  return jobId === null || videoId === null ? {} : { 'X-Job-Id': jobId, 'X-Video-Id': videoId }
}
