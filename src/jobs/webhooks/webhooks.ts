import { v7 as uuidv7 } from 'uuid'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'
import type { WebhookOf } from '../ports/webhooks.js'
import { newWebhookSecret } from './sign-message.js'
import type { WebhookRequest, WebhookUseCases } from './use-cases.js'
import type { Delivery, DeliveryId, Webhook, WebhookId } from './webhook.js'

/** Each event is sent to each endpoint. */
export const MAX_WEBHOOKS = 20

/** After a rotation the secret before signs, too, so that receivers can change to the new one without a gap. */
export const ROTATION_OVERLAP_HOURS = 24

type WebhookDeps = Pick<JobsDeps, 'repositories' | 'orchestrator' | 'outbound' | 'log'>

export function createWebhookUseCases(deps: WebhookDeps): WebhookUseCases {
  const { webhooks, deliveries } = deps.repositories
  const get = async (owner: Owner, id: WebhookId) => {
    const webhook = await webhooks.get(owner, id)
    if (!webhook) throw new AppError('webhook-not-found', `There is no webhook with the id ${id}.`)
    return webhook
  }
  return {
    create: async (owner, request) => get(owner, await insert(deps, owner, request)),
    list: (owner) => webhooks.list(owner),
    get,
    update: async (owner, id, change) => {
      await get(owner, id)
      if (change.url !== undefined) deps.outbound.check(change.url)
      await webhooks.update(owner, id, change)
      return get(owner, id)
    },
    rotate: async (owner, id) => {
      await get(owner, id)
      const until = new Date(Date.now() + ROTATION_OVERLAP_HOURS * 3_600_000)
      await webhooks.rotate(owner, id, newWebhookSecret(), until)
      return get(owner, id)
    },
    delete: async (owner, id) => {
      await get(owner, id)
      await webhooks.delete(owner, id)
    },
    ping: async (owner, id) => {
      const webhook = requireEnabled(await get(owner, id))
      return begin(deps, webhook, await deliveries.ping(webhook))
    },
    listDeliveries: async (owner, id, limit) => deliveries.list(await get(owner, id), limit),
    redeliver: async (owner, id) => {
      const delivery = await getDelivery(deps, owner, id)
      const webhook = requireEnabled(await get(owner, delivery.webhookId))
      return begin(deps, webhook, await deliveries.repeat(webhook, delivery.event.id))
    },
  }
}

async function insert(
  { repositories, outbound }: WebhookDeps,
  owner: Owner,
  request: WebhookRequest,
): Promise<WebhookId> {
  outbound.check(request.url)
  const id = uuidv7() as WebhookId
  const webhook = { id, owner, ...request, secret: newWebhookSecret() }
  if (await repositories.webhooks.insert(webhook, MAX_WEBHOOKS)) return id
  throw new AppError(
    'too-many-webhooks',
    `An owner can have ${MAX_WEBHOOKS} webhooks. Delete one, or have one endpoint take more types of events.`,
  )
}

function requireEnabled(webhook: Webhook): Webhook {
  if (webhook.disabledReason === null) return webhook
  throw new AppError('webhook-disabled', 'The webhook is disabled. PATCH it with {"enabled": true} first.')
}

async function getDelivery({ repositories }: WebhookDeps, owner: Owner, id: DeliveryId): Promise<Delivery> {
  const delivery = await repositories.deliveries.get(owner, id)
  if (delivery) return delivery
  throw new AppError(
    'delivery-not-found',
    `There is no delivery with the id ${id}. They are kept for four days.`,
  )
}

async function begin(deps: WebhookDeps, webhook: Webhook, id: DeliveryId): Promise<Delivery> {
  await deliverSoon(deps, webhook)
  return getDelivery(deps, webhook.owner, id)
}

/** The row is safe: if Temporal is away now, the pump has the delivery begin later. */
export async function deliverSoon(
  { orchestrator, log }: Pick<WebhookDeps, 'orchestrator' | 'log'>,
  webhook: WebhookOf,
): Promise<void> {
  try {
    await orchestrator.deliverNow({ id: webhook.id, owner: webhook.owner })
  } catch (error) {
    log.warn({ err: error, webhookId: webhook.id }, 'deliveries cannot begin now, they will later')
  }
}
