import type { EventType, OwnerEvent, WebhookId } from '../events/event.js'
import type { Owner } from '../model.js'
import type { OutboundFailure } from '../ports/outbound.js'

export type { WebhookId }
export type DeliveryId = string & { readonly __brand: 'DeliveryId' }

/** `owner`: by himself; `failing`: nothing has been delivered for days; `gone`: it has answered 410. */
export const DISABLED_REASONS = ['owner', 'failing', 'gone'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/** An endpoint of an owner that is told of his events. */
export interface Webhook {
  readonly id: WebhookId
  readonly owner: Owner
  readonly url: string
  readonly description: string
  /** None: all types. */
  readonly eventTypes: readonly EventType[]
  /** null: it is enabled. */
  readonly disabledReason: DisabledReason | null
  readonly secret: string
  /** Signs beside the secret until `previousSecretUntil`. */
  readonly previousSecret: string | null
  readonly previousSecretUntil: Date | null
  /** Since when no delivery has succeeded; null: the last one has. */
  readonly failingSince: Date | null
  readonly createdAt: Date
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** Why the latest attempt has failed. `disabled`: there was no further one, because the endpoint was disabled. */
export type DeliveryFailure = OutboundFailure | 'bad-status' | 'redirected' | 'gone' | 'disabled'

export const DELIVERY_FAILURES: readonly DeliveryFailure[] = [
  'bad-status',
  'redirected',
  'gone',
  'timed-out',
  'connection-failed',
  'name-not-resolved',
  'address-refused',
  'disabled',
]

/** The telling of one event to one endpoint. */
export interface Delivery {
  readonly id: DeliveryId
  readonly webhookId: WebhookId
  readonly event: OwnerEvent
  readonly status: DeliveryStatus
  readonly attempts: number
  /** null: there will be none. */
  readonly nextAttemptAt: Date | null
  readonly lastAttemptAt: Date | null
  /** HTTP status of the latest attempt; null: there was no answer. */
  readonly responseStatus: number | null
  readonly failure: DeliveryFailure | null
  readonly createdAt: Date
}
