import type { EventType } from '../events/event.js'
import type { Owner } from '../model.js'
import type { WebhookChange } from '../ports/webhooks.js'
import type { Delivery, DeliveryId, Webhook, WebhookId } from './webhook.js'

export interface WebhookRequest {
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly EventType[]
}

/** What src/http calls for webhooks. */
export interface WebhookUseCases {
  /** Throws `url-not-allowed`, `too-many-webhooks`. */
  create(owner: Owner, request: WebhookRequest): Promise<Webhook>
  list(owner: Owner): Promise<Webhook[]>
  /** This and all others with an id throw `webhook-not-found`. */
  get(owner: Owner, id: WebhookId): Promise<Webhook>
  update(owner: Owner, id: WebhookId, change: WebhookChange): Promise<Webhook>
  rotate(owner: Owner, id: WebhookId): Promise<Webhook>
  delete(owner: Owner, id: WebhookId): Promise<void>
  /** Sends the event `ping`. Throws `webhook-disabled`. */
  ping(owner: Owner, id: WebhookId): Promise<Delivery>
  listDeliveries(owner: Owner, id: WebhookId, limit: number): Promise<Delivery[]>
  /** Delivers the event of a delivery once more. Throws `delivery-not-found`, `webhook-disabled`. */
  redeliver(owner: Owner, id: DeliveryId): Promise<Delivery>
}
