import type { Request } from 'express'
import type Joi from 'joi'
import { AppError } from '../../errors.js'
import { hasBody } from '../request/has-body.js'
import type { BodySpec } from '../route.js'

const MAX_BODY_BYTES = 1024 * 1024
const BODY_DEADLINE_MS = 30_000

/** @param operationId of the route that the body belongs to */
export function jsonBody<T>(operationId: string, schema: Joi.Schema<T>): BodySpec<T> {
  return {
    content: { type: 'application/json', schema, files: [] },
    errors: [
      'request-invalid',
      'request-too-costly',
      'rate-limited',
      'body-too-large',
      'unsupported-content-type',
      'request-timeout',
    ],
    async receive({ req, owner, app }, checkHead, use) {
      const bytes = await readBody(req)
      const { issues, value } = await app.checkBody(owner, { operationId, ...(bytes ? { bytes } : {}) })
      checkHead(issues)
      // It was checked with the schema of the route, which is this one.
      return use(value as T)
    },
  }
}

/** null: the request has none. */
async function readBody(req: Request): Promise<Buffer | null> {
  if (!hasBody(req)) return null
  if (!isUtf8Json(req.headers['content-type']) || req.headers['content-encoding'] !== undefined) {
    throw new AppError(
      'unsupported-content-type',
      'The body must be application/json in UTF-8, not compressed.',
    )
  }
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  return collect(req)
}

function isUtf8Json(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';')
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='))
  return type.trim() === 'application/json' && /^(charset="?utf-8"?)?$/.test(charset ?? '')
}

/**
 * Reads the body within BODY_DEADLINE_MS. The server itself has no deadline for whole requests, because uploads may
 * take long; without this one a client could hold the connection with a byte a minute.
 */
function collect(req: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (act: () => void) => {
      clearTimeout(timer)
      req.off('data', onData).off('end', onEnd).off('close', onClose)
      act()
    }
    const onData = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > MAX_BODY_BYTES) settle(() => reject(tooLarge()))
    }
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)))
    const onClose = () =>
      settle(() =>
        reject(new AppError('upload-aborted', 'The connection was closed before the body had arrived.')),
      )
    const onLate = () =>
      settle(() =>
        reject(
          new AppError('request-timeout', `The body did not arrive within ${BODY_DEADLINE_MS / 1000} s.`),
        ),
      )
    const timer = setTimeout(onLate, BODY_DEADLINE_MS)
    req.on('data', onData).on('end', onEnd).on('close', onClose)
    req.on('error', () => undefined)
  })
}

function tooLarge(): AppError {
  return new AppError(
    'body-too-large',
    `The JSON body is larger than the maximum of ${MAX_BODY_BYTES} bytes.`,
  )
}
