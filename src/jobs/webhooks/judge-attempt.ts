import type { OutboundAnswer } from '../ports/outbound.js'
import type { Delivery, DeliveryFailure } from './webhook.js'

/** What one attempt has come to. */
export interface AttemptResult {
  readonly status: Delivery['status']
  readonly nextAttemptAt: Date | null
  readonly responseStatus: number | null
  readonly failure: DeliveryFailure | null
}

const HOUR_SEC = 3600

/** Seconds from each attempt to the next, as Standard Webhooks has them: ten attempts within 76 hours. */
const SPACING_SEC = [5, 300, 1800, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_SEC)]

/** A receiver can put off an attempt by this, but not end the retries of a delivery. */
const MAX_RETRY_AFTER_SEC = 24 * HOUR_SEC

/** Age at which a delivery is given up, however it was put off. Its event is kept for longer. */
const MAX_AGE_SEC = 80 * HOUR_SEC

/** Decides what becomes of a delivery after an attempt. */
export function judgeAttempt(
  { attempts, createdAt }: Pick<Delivery, 'attempts' | 'createdAt'>,
  answer: OutboundAnswer,
  now: Date,
): AttemptResult {
  const responseStatus = answer.kind === 'answered' ? answer.status : null
  const failure = failureOf(answer)
  if (failure === null) return { status: 'delivered', nextAttemptAt: null, responseStatus, failure }
  const spacingSec = failure === 'gone' ? undefined : SPACING_SEC[attempts]
  const asked = answer.kind === 'answered' ? (answer.retryAfterSec ?? 0) : 0
  const delaySec = Math.max(spacingSec ?? 0, Math.min(asked, MAX_RETRY_AFTER_SEC))
  const next = new Date(now.getTime() + delaySec * 1000)
  const isOver = spacingSec === undefined || next.getTime() - createdAt.getTime() > MAX_AGE_SEC * 1000
  return isOver
    ? { status: 'failed', nextAttemptAt: null, responseStatus, failure }
    : { status: 'pending', nextAttemptAt: next, responseStatus, failure }
}

/** A redirect is a failure: who moves an endpoint changes its URL. null: the event has arrived. */
function failureOf(answer: OutboundAnswer): DeliveryFailure | null {
  if (answer.kind === 'failed') return answer.failure
  if (answer.status >= 200 && answer.status < 300) return null
  if (answer.status >= 300 && answer.status < 400) return 'redirected'
  return answer.status === 410 ? 'gone' : 'bad-status'
}
