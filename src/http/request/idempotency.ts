import { createHash } from 'node:crypto'
import Joi from 'joi'
import type { JsonObject, JsonValue } from '../../jobs/model.js'
import type { Idempotency } from '../../jobs/ports/repositories.js'

const HEADER = 'idempotency-key'

export interface IdempotencyHeaders {
  readonly [HEADER]?: string
}

export const idempotencyHeaders = Joi.object<IdempotencyHeaders>({
  [HEADER]: Joi.string()
    .pattern(/^[!-~]{1,255}$/)
    .messages({ 'string.pattern.base': 'must be 1 to 255 visible ASCII characters without spaces' })
    .description(
      'When a request is repeated with the same key, nothing is created: the answer is what the first one created',
    ),
})

/**
 * @param route name of the route, as the same body means something else on another one
 * @param subject the body with its defaults; requests with an equal one are the same request
 */
export function readIdempotency(
  headers: IdempotencyHeaders,
  route: string,
  subject: JsonObject,
): Idempotency | null {
  const key = headers[HEADER]
  if (key === undefined) return null
  const fingerprint = createHash('sha256')
    .update(`${route}\n${canonicalJson(subject)}`)
    .digest('hex')
  return { key, fingerprint }
}

/** JSON with sorted member names, so that equal values give equal text. */
function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
