import type { EventId, WebhookId } from '../events/event.js'
import type { Owner } from '../model.js'
import type { AttemptResult } from '../webhooks/judge-attempt.js'
import type { Delivery, DeliveryId, Webhook } from '../webhooks/webhook.js'

export type NewWebhook = Pick<Webhook, 'id' | 'owner' | 'url' | 'description' | 'eventTypes' | 'secret'>
export type WebhookChange = Partial<Pick<Webhook, 'url' | 'description' | 'eventTypes'>> & {
  /** An endpoint that is disabled gets nothing more, also not what is still to be delivered. */
  readonly isEnabled?: boolean
}
export type WebhookOf = Pick<Webhook, 'id' | 'owner'>

export interface WebhooksRepository {
  /** Returns false, and changes nothing, when the owner has `max` endpoints already. */
  insert(webhook: NewWebhook, max: number): Promise<boolean>
  /** Oldest first. */
  list(owner: Owner): Promise<Webhook[]>
  get(owner: Owner, id: WebhookId): Promise<Webhook | null>
  /** Regardless of the owner, for activities. */
  getById(id: WebhookId): Promise<Webhook | null>
  /** Returns false when there is no such endpoint. */
  update(owner: Owner, id: WebhookId, change: WebhookChange): Promise<boolean>
  /** The secret is replaced; the one before signs until then, too. */
  rotate(owner: Owner, id: WebhookId, secret: string, previousUntil: Date): Promise<boolean>
  /** Deletes it with its deliveries. Returns false when there is none. */
  delete(owner: Owner, id: WebhookId): Promise<boolean>
}

export interface DeliveriesRepository {
  /**
   * Makes the deliveries of events that have none yet: one for each enabled endpoint of the owner that asks for its
   * type. Each event is taken once, whoever calls this at the same time. Returns the number of events and the endpoints.
   */
  fanOut(limit: number): Promise<{ readonly events: number; readonly webhooks: readonly WebhookOf[] }>
  /** One transaction: the event `ping`, for this endpoint alone, and its delivery. */
  ping(webhook: WebhookOf): Promise<DeliveryId>
  /** Another delivery of an event to the endpoint. */
  repeat(webhook: WebhookOf, eventId: EventId): Promise<DeliveryId>
  /** With its endpoint; null when the owner has none of that id. */
  get(owner: Owner, id: DeliveryId): Promise<Delivery | null>
  /** The latest first. */
  list(webhook: WebhookOf, limit: number): Promise<Delivery[]>
  /** Deliveries of an endpoint whose next attempt is due, those that have waited longest first. */
  listDue(id: WebhookId, now: Date, limit: number): Promise<Delivery[]>
  /** When the next attempt of an endpoint is due; null: there is none. */
  nextDue(id: WebhookId): Promise<Date | null>
  /**
   * Writes what an attempt has come to, and what it says of the endpoint: it works, or has failed since some time. One
   * that has failed since before `failingBefore`, or is gone, is disabled. Does nothing if another attempt was first.
   */
  record(
    delivery: Pick<Delivery, 'id' | 'webhookId' | 'attempts'>,
    result: AttemptResult,
    now: Date,
    failingBefore: Date,
  ): Promise<void>
  /** Enabled endpoints with an attempt that was due before then. */
  listOverdue(before: Date): Promise<WebhookOf[]>
}
