import { Server } from '@tus/server'
import { AppError } from '../../errors.js'
import type { UploadId } from '../../jobs/uploads/upload.js'
import type { UploadUseCases } from '../../jobs/uploads/use-cases.js'
import { uploadTooLarge } from '../body/upload-limits.js'
import { readChecksum } from './read-headers.js'
import { TUS_VERSION, type TusRequest } from './tus-body.js'
import { TusStore } from './tus-store.js'

/** Time in which a request that is asked to let go writes what it has. */
const DRAIN_MS = 500

interface TusExchange {
  readonly resumable: UploadUseCases
  readonly maxBytes: number
  readonly tus: TusRequest
  /** The upload that the request is about. Called once, for a new one makes it. */
  readonly findId: () => Promise<UploadId>
  readonly pathOf: (id: UploadId) => string
}

interface TusAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Has the library speak the protocol. @throws AppError for every refusal */
export async function answerTus(exchange: TusExchange): Promise<TusAnswer> {
  const { resumable, maxBytes, tus, findId, pathOf } = exchange
  const { request, contentLength } = tus
  requireVersion(request.headers)
  const checksum = readChecksum(request.headers)
  const store = new TusStore({ resumable, maxBytes, contentLength, checksum })
  const failed: { error?: unknown } = {}
  // A new upload is made where the library asks for its name; others are known.
  const known = request.method === 'POST' ? null : await findId()
  const server = new Server({
    path: '/',
    datastore: store,
    locker: store,
    lockDrainTimeout: DRAIN_MS,
    maxSize: maxBytes,
    namingFunction: findId,
    getFileIdFromRequest: () => known ?? undefined,
    generateUrl: (_request, { id }) => pathOf(id as UploadId),
    onResponseError: (_request, error) => {
      failed.error = error
      return undefined
    },
  })
  const { status, headers, body } = await server.handleWeb(request)
  await body?.cancel()
  if (status >= 400) throw toAppError(failed.error, status, maxBytes)
  return { status, headers: ours(headers) }
}

/** @throws AppError `tus-unsupported` */
export function requireVersion(headers: Headers): void {
  if (headers.get('tus-resumable') === TUS_VERSION) return
  throw new AppError('tus-unsupported', `The request must have the header Tus-Resumable: ${TUS_VERSION}.`)
}

/** The library's own headers of CORS and of an empty body are left out: the server has its own. */
function ours(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => /^(upload-.*|location|cache-control|connection)$/.test(name))
  return Object.fromEntries(kept)
}

function toAppError(error: unknown, status: number, maxBytes: number): AppError {
  if (error instanceof AppError) return error
  const body = typeof error === 'object' && error !== null && 'body' in error ? String(error.body).trim() : ''
  switch (status) {
    case 404:
      return new AppError('upload-not-found', 'There is no such upload.')
    case 409:
      return new AppError(
        'upload-offset-wrong',
        'The upload continues at another offset. Ask for it with HEAD.',
      )
    case 410:
      return new AppError('upload-expired', 'The upload has expired. Begin a new one.')
    case 413:
      return uploadTooLarge(maxBytes)
    case 500:
      return new AppError('internal', 'An internal error occurred.', { cause: error })
    default:
      return new AppError('request-invalid', body || 'The headers are not those of a tus request.', {
        cause: error,
      })
  }
}
