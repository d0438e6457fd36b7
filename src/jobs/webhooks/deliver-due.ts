import type { JobsDeps } from '../deps.js'
import { judgeAttempt } from './judge-attempt.js'
import { signMessage } from './sign-message.js'
import type { Delivery, Webhook, WebhookId } from './webhook.js'

type DeliverDeps = Pick<JobsDeps, 'repositories' | 'outbound' | 'log'>

/** Attempts of one endpoint at once; one that fails gets only one, which shows whether it works again. */
const AT_ONCE = 10

const DAY_MS = 86_400_000
/** An endpoint to which nothing could be delivered for so long is disabled. */
export const DISABLED_AFTER_DAYS = 5

/**
 * Makes the attempts of one endpoint that are due. Returns milliseconds until its next ones: 0 when some are due
 * already, null when there is nothing left to deliver.
 * @throws the reason of the signal, when it is aborted: what was being sent is sent again
 */
export async function deliverDue(
  { repositories, outbound, log }: DeliverDeps,
  id: WebhookId,
  signal: AbortSignal,
): Promise<number | null> {
  const webhook = await repositories.webhooks.getById(id)
  if (!webhook || webhook.disabledReason !== null) return null
  const limit = webhook.failingSince === null ? AT_ONCE : 1
  const due = await repositories.deliveries.listDue(id, new Date(), limit)
  await Promise.all(
    due.map((delivery) => attempt({ repositories, outbound, log }, webhook, delivery, signal)),
  )
  const next = await repositories.deliveries.nextDue(id)
  return next && Math.max(0, next.getTime() - Date.now())
}

async function attempt(
  { repositories, outbound, log }: DeliverDeps,
  webhook: Webhook,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const { headers, body } = signMessage(webhook, delivery.event, new Date())
  const answer = await outbound.post(webhook.url, { headers, body, signal })
  const now = new Date()
  const result = judgeAttempt(delivery, answer, now)
  if (result.failure !== null) {
    const { id, attempts } = delivery
    const about = { webhookId: webhook.id, deliveryId: id, attempts: attempts + 1, failure: result.failure }
    log.info({ ...about, status: result.responseStatus }, 'an event could not be delivered')
  }
  const failingBefore = new Date(now.getTime() - DISABLED_AFTER_DAYS * DAY_MS)
  await repositories.deliveries.record(delivery, result, now, failingBefore)
}
