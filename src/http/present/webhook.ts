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
  id: id('the webhook'),
  url: text('Where events are sent'),
  description: text('For people'),
  events: Joi.array()
    .items(Joi.string().valid(...EVENT_TYPES))
    .description('The types of events that are sent; empty: all'),
  enabled: Joi.boolean().description('Whether events are sent'),
  disabled_reason: orNull(Joi.string().valid(...DISABLED_REASONS)).description(
    '`owner`: it was disabled by PATCH. `failing`: nothing could be delivered for 5 days. `gone`: the endpoint has ' +
      'answered 410',
  ),
  failing_since: orNull(time('Since when no delivery has succeeded; null: the last one has')),
  previous_secret_until: orNull(
    time('After a rotation: until then each delivery has a second signature, with the secret before'),
  ),
  created_at: time('When it was made'),
}

export const webhookSchema = shape(FIELDS).description('An address to which events are sent')
export const webhookWithSecretSchema = shape({
  ...FIELDS,
  secret: Joi.string().description('Signs the deliveries. Only this answer has it: it cannot be read again'),
})
export const webhookListSchema = shape({
  webhooks: Joi.array().items(webhookSchema).description('The oldest first'),
})

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
  id: id('the delivery'),
  webhook_id: id('the webhook'),
  event_id: id('the event: the `webhook-id` of the request, the same for each of its deliveries'),
  event_type: Joi.string()
    .valid('ping', ...EVENT_TYPES)
    .description('Type of the event'),
  status: Joi.string()
    .valid(...DELIVERY_STATUSES)
    .description('`pending`: there will be another attempt; `failed`: there will be none'),
  attempts: count('Attempts so far'),
  next_attempt_at: orNull(time('null: there will be none')),
  last_attempt_at: orNull(time('null: there was none')),
  response_status: orNull(count('HTTP status of the latest attempt; null: there was no answer')),
  failure: orNull(Joi.string().valid(...DELIVERY_FAILURES)).description(
    'Why the latest attempt has failed. `disabled`: the webhook was disabled before the event was delivered',
  ),
  created_at: time('When the delivery was due first'),
}).description('The sending of one event to one webhook')
export const deliveryListSchema = shape({
  deliveries: Joi.array().items(deliverySchema).description('The newest first'),
})

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
