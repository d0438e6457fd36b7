import { errors, request } from 'undici'
import { AppError, hasErrorCode } from '../errors.js'
import type { Outbound, OutboundAnswer, OutboundFailure } from '../jobs/ports/outbound.js'
import { mayConnect, parseNetwork } from './addresses.js'
import { addressIn, AddressRefusedError, createGuardedAgent, type LookupAll } from './guarded-agent.js'

interface OutboundOptions {
  /** Addresses and networks that may be called although they are not public. */
  readonly allow: readonly string[]
  readonly lookup?: LookupAll
  /** Time for a whole request. */
  readonly timeoutMs?: number
}

/** What Standard Webhooks advises receivers and senders of at most. */
const TIMEOUT_MS = 15_000

/** Bodies of answers mean nothing to us. What is short is read, so that the connection can be used again. */
const MAX_ANSWER_BYTES = 16 * 1024
const ANSWER_BODY_MS = 1_000

/** The only place that connects to what users name. */
export function createOutbound({ allow, lookup, timeoutMs = TIMEOUT_MS }: OutboundOptions): Outbound {
  const allowed = allow.map(parseNetwork)
  const agent = createGuardedAgent(allowed, lookup)
  return {
    check(text) {
      const url = URL.canParse(text) ? new URL(text) : null
      if (url === null || !['http:', 'https:'].includes(url.protocol)) {
        throw notAllowed('It must be a URL that begins with https:// or http://.')
      }
      if (url.username !== '' || url.password !== '') {
        throw notAllowed('It must have no user and no password in it.')
      }
      const address = addressIn(url)
      if (address !== null && !mayConnect(address, allowed)) {
        throw notAllowed(
          `${address} is not a public address. An operator can allow it with the setting OUTBOUND_ALLOW.`,
        )
      }
    },

    async post(url, { headers, body, signal }): Promise<OutboundAnswer> {
      const late = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await request(url, {
          ...{ method: 'POST', dispatcher: agent, headers, body },
          signal: AbortSignal.any([signal, late]),
        })
        const brief = AbortSignal.timeout(ANSWER_BODY_MS)
        await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal: brief }).catch(() => undefined)
        const retryAfterSec = readRetryAfter(answer.headers['retry-after'], Date.now())
        return { kind: 'answered', status: answer.statusCode, retryAfterSec }
      } catch (error) {
        signal.throwIfAborted()
        return { kind: 'failed', failure: late.aborted ? 'timed-out' : classify(error) }
      }
    },

    close: () => agent.destroy(),
  }
}

function notAllowed(reason: string): AppError {
  return new AppError('url-not-allowed', `The server cannot call this URL. ${reason}`)
}

function classify(error: unknown): OutboundFailure {
  if (error instanceof AddressRefusedError) return 'address-refused'
  if (hasErrorCode(error, 'ENOTFOUND', 'EAI_AGAIN', 'ENODATA')) return 'name-not-resolved'
  const isLate = error instanceof errors.ConnectTimeoutError || error instanceof errors.HeadersTimeoutError
  return isLate ? 'timed-out' : 'connection-failed'
}

/** Seconds or a date, as HTTP has it. null: neither. */
export function readRetryAfter(value: string | string[] | undefined, nowMs: number): number | null {
  if (typeof value !== 'string') return null
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
