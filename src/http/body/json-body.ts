import type { Request } from 'express'
import type Joi from 'joi'
import { AppError } from '../../errors.js'
import { checkJson } from '../fields.js'
import type { BodySpec } from '../route.js'
import { hasBody } from './has-body.js'
import { unstorableParts } from './unstorable-parts.js'

const MAX_BODY_BYTES = 1024 * 1024
const BODY_DEADLINE_MS = 30_000

export function jsonBody<T>(schema: Joi.Schema<T>): BodySpec<T> {
  const required = schema.required()
  return {
    content: { type: 'application/json', schema, files: [] },
    errors: ['request-invalid', 'body-too-large', 'unsupported-content-type', 'request-timeout'],
    async receive({ req }, checkHead, use) {
      const input = await readJson(req)
      const unstorable = unstorableParts(input)
      const body = checkJson(required, input)
      checkHead(unstorable.length > 0 ? unstorable : body.issues)
      return use(body.value())
    },
  }
}

/** The parsed body; undefined: the request has none. */
async function readJson(req: Request): Promise<unknown> {
  if (!hasBody(req)) return undefined
  if (!isUtf8Json(req.headers['content-type']) || req.headers['content-encoding'] !== undefined) {
    throw new AppError(
      'unsupported-content-type',
      'The body must be application/json in UTF-8, not compressed',
    )
  }
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const bytes = await collect(req)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('request-invalid', 'The body is not valid JSON in UTF-8', { cause })
  }
}

function isUtf8Json(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';')
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='))
  return type.trim() === 'application/json' && /^(charset="?utf-8"?)?$/.test(charset ?? '')
}

/**
 * The server has no deadline for whole requests because uploads may be long. So a small body has one here, or a client
 * could hold the connection with a byte a minute.
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
    const onClose = () => settle(() => reject(new AppError('upload-aborted', 'The request was interrupted')))
    const onLate = () =>
      settle(() => reject(new AppError('request-timeout', 'The body did not arrive in time')))
    const timer = setTimeout(onLate, BODY_DEADLINE_MS)
    req.on('data', onData).on('end', onEnd).on('close', onClose)
    req.on('error', () => undefined)
  })
}

function tooLarge(): AppError {
  return new AppError('body-too-large', `A JSON body may have ${MAX_BODY_BYTES} bytes at most`)
}
