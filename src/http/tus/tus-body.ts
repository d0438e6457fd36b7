import { PassThrough, Readable } from 'node:stream'
import type { Request as ExpressRequest } from 'express'
import { AppError } from '../../errors.js'
import { hasBody } from '../request/has-body.js'
import type { BodySpec } from '../route.js'

/** A request of the tus protocol, in the form that its library takes. */
export interface TusRequest {
  readonly request: Request
  /** null: the request does not say. */
  readonly contentLength: number | null
}

export const TUS_VERSION = '1.0.0'

/** Lets the socket run ahead of the disk a little. */
const BUFFER_BYTES = 1024 * 1024

/** For routes that speak tus: the body is passed on as it arrives. */
export const tusBody: BodySpec<TusRequest> = {
  content: null,
  errors: [
    'tus-unsupported',
    'unsupported-content-type',
    'upload-too-large',
    'upload-not-found',
    'upload-expired',
    'upload-locked',
    'upload-offset-wrong',
    'upload-finished',
    'checksum-mismatch',
    'too-many-uploads',
    'storage-quota-exceeded',
    'disk-full',
    'request-timeout',
  ],
  async receive({ req, res }, checkHead, use) {
    res.set('Tus-Resumable', TUS_VERSION)
    checkHead()
    const { request, close } = open(req)
    try {
      const length = req.headers['content-length']
      return await use({ request, contentLength: length === undefined ? null : Number(length) })
    } finally {
      close()
    }
  },
}

function open(req: ExpressRequest): { readonly request: Request; readonly close: () => void } {
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    // The library would make addresses of them, which are not used.
    if (name.startsWith('x-forwarded-')) continue
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const init = { method: req.method, headers }
  const url = `http://localhost${req.url}`
  if (!hasBody(req) || req.method === 'GET' || req.method === 'HEAD') {
    return { request: new Request(url, init), close: () => undefined }
  }
  // What is left of a refused body is read from the request itself, for which nothing else may hold it.
  const through = new PassThrough({ highWaterMark: BUFFER_BYTES })
  through.on('error', () => undefined)
  const cut = () => {
    if (!req.complete) through.destroy(new AppError('upload-aborted', 'The connection was closed.'))
  }
  if (req.destroyed) cut()
  req.once('close', cut).pipe(through)
  return {
    request: new Request(url, { ...init, body: Readable.toWeb(through), duplex: 'half' }),
    close: () => {
      req.off('close', cut).unpipe(through)
      through.destroy()
    },
  }
}
