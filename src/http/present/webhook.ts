import Joi from 'joi'
import { EVENT_TYPES } from '../../jobs/events/event.js'
import {
  type Delivery,
  DELIVERY_FAILURES,
  DELIVERY_STATUSES,
  DISABLED_REASONS,
  type Webhook,
} from '../../jobs/webhooks/webhook.js'
import { count, id, orNull, presentTime, presentTimeOrNull, shape, text, time } from './wire.js'

const FIELDS = {
  id: id(),
  url: text(),
  description: text(),
  events: Joi.array()
    .items(Joi.string().valid(...EVENT_TYPES))
    .description('The types of events that are sent; empty: all'),
  enabled: Joi.boolean(),
  disabled_reason: orNull(Joi.string().valid(...DISABLED_REASONS)).description(
    '`owner`: it was disabled by PATCH. `failing`: nothing could be delivered for 5 days. `gone`: the endpoint has ' +
      'answered 410',
  ),
  failing_since: orNull(time()).description('Since when no delivery has succeeded; null: the last one has'),
  previous_secret_until: orNull(time()).description(
    'After a rotation: until then each delivery has a second signature, with the secret before',
  ),
  created_at: time(),
}

export const webhookSchema = shape(FIELDS)
export const webhookWithSecretSchema = shape({
  ...FIELDS,
  secret: Joi.string().description('Signs the deliveries. Only this answer has it: it cannot be read again'),
})
export const webhookListSchema = shape({ webhooks: Joi.array().items(webhookSchema) })

export function presentWebhook(webhook: Webhook): object {
  const { previousSecretUntil } = webhook
  const isOver = previousSecretUntil === null || previousSecretUntil.getTime() <= Date.now()
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    events: webhook.eventTypes,
    enabled: webhook.disabledReason === null,
    disabled_reason: webhook.disabledReason,
    failing_since: presentTimeOrNull(webhook.failingSince),
    previous_secret_until: isOver ? null : presentTimeOrNull(previousSecretUntil),
    created_at: presentTime(webhook.createdAt),
  }
}

export function presentWithSecret(webhook: Webhook): object {
  return { ...presentWebhook(webhook), secret: webhook.secret }
}

export const deliverySchema = shape({
  id: id(),
  webhook_id: id(),
  event_id: id().description('The `webhook-id` of the request, the same for each delivery of the event'),
  event_type: Joi.string().valid('ping', ...EVENT_TYPES),
  status: Joi.string().valid(...DELIVERY_STATUSES),
  attempts: count(),
  next_attempt_at: orNull(time()).description('null: there will be none'),
  last_attempt_at: orNull(time()),
  response_status: orNull(count()).description(
    'HTTP status of the latest attempt; null: there was no answer',
  ),
  failure: orNull(Joi.string().valid(...DELIVERY_FAILURES)).description(
    'Why the latest attempt has failed. `disabled`: the webhook was disabled before the event was delivered',
  ),
  created_at: time(),
})
export const deliveryListSchema = shape({ deliveries: Joi.array().items(deliverySchema) })

export function presentDelivery(delivery: Delivery): object {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    event_id: delivery.event.id,
    event_type: delivery.event.type,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: presentTimeOrNull(delivery.nextAttemptAt),
    last_attempt_at: presentTimeOrNull(delivery.lastAttemptAt),
    response_status: delivery.responseStatus,
    failure: delivery.failure,
    created_at: presentTime(delivery.createdAt),
  }
}
