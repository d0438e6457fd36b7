import { cancellationSignal } from '@temporalio/activity'
import { deliverDue } from '../src/jobs/webhooks/deliver-due.js'
import type { WebhookId } from '../src/jobs/webhooks/webhook.js'
import type { ActivityDeps } from './deps.js'

interface DeliverInput {
  readonly webhookId: string
}

/** Makes the attempts of an endpoint that are due. Returns milliseconds until the next ones; null: there are none. */
export function createDeliverDue(deps: ActivityDeps) {
  return async function deliverDueOf({
    webhookId,
  }: DeliverInput): Promise<{ readonly waitMs: number | null }> {
    return { waitMs: await deliverDue(deps, webhookId as WebhookId, cancellationSignal()) }
  }
}
