import Joi from 'joi'
import { EVENT_TYPES, type EventType } from '../../jobs/events/event.js'
import { DISABLED_AFTER_DAYS } from '../../jobs/webhooks/deliver-due.js'
import { MAX_WEBHOOKS, ROTATION_OVERLAP_HOURS } from '../../jobs/webhooks/webhooks.js'
import { jsonBody } from '../body/json-body.js'
import {
  deliveryListSchema,
  deliverySchema,
  presentDelivery,
  presentWebhook,
  presentWithSecret,
  webhookListSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '../present/webhook.js'
import { json, noContent } from '../reply/reply.js'
import { idParams, toDeliveryId, toWebhookId } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'

interface WebhookFields {
  readonly url?: string
  readonly description?: string
  readonly events?: readonly EventType[]
}

const url = () =>
  Joi.string()
    .max(2000)
    .description('Where events are sent by POST: `https://…` or `http://…`, at a public address')
const description = () => Joi.string().allow('').max(500).description('For people')
const events = () =>
  Joi.array()
    .items(Joi.string().valid(...EVENT_TYPES))
    .unique()
    .max(EVENT_TYPES.length)
    .description('The types of events to send; empty: all, also those that are added later')

const createBody = Joi.object<Required<WebhookFields>>({
  url: url().required(),
  description: description().default(''),
  events: events().default([]),
})

const updateBody = Joi.object<WebhookFields & { readonly enabled?: boolean }>({
  url: url(),
  description: description(),
  events: events(),
  enabled: Joi.boolean().description(
    '`true` enables a webhook again that was disabled. `false` disables it: it gets nothing more, also not what is ' +
      'still to be delivered',
  ),
}).min(1)

const logQuery = Joi.object<{ limit: number }>({
  limit: Joi.number().integer().min(1).max(100).default(100).description('Maximum number of deliveries'),
})

const DESCRIPTION = [
  'Events are sent as [Standard Webhooks](https://www.standardwebhooks.com): verify the signature with one of its ' +
    'libraries and the secret that this answer has, and answer 2xx within 15 s.',
  'Each event arrives at least once, and may arrive more than once or out of order: `webhook-id` is the same each time. ' +
    'An attempt that fails is repeated after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, or later when the ' +
    'answer has `Retry-After` (up to 24 h). A redirect is a failure.',
  `A webhook to which nothing could be delivered for ${DISABLED_AFTER_DAYS} days is disabled, and so is one that answers 410.`,
  `An owner can have ${MAX_WEBHOOKS} webhooks.`,
].join('\n\n')

export const webhookRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/webhooks',
    operationId: 'createWebhook',
    tag: 'Webhooks',
    summary: 'Have events sent to an address',
    description: DESCRIPTION,
    body: jsonBody('createWebhook', createBody),
    answers: {
      201: jsonAnswer('The webhook with its secret', webhookWithSecretSchema, {
        Location: 'URL of the webhook',
      }),
    },
    errors: ['url-not-allowed', 'too-many-webhooks'],
    handler: async ({ owner, body }, { useCases }) => {
      const { url: address, description: about, events: eventTypes } = body
      const webhook = await useCases.webhooks.create(owner, { url: address, description: about, eventTypes })
      return json(presentWithSecret(webhook), 201, { Location: `/api/v1/webhooks/${webhook.id}` })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/webhooks',
    operationId: 'listWebhooks',
    tag: 'Webhooks',
    summary: 'List all webhooks',
    answers: { 200: jsonAnswer('All webhooks, the oldest first', webhookListSchema) },
    errors: [],
    handler: async ({ owner }, { useCases }) =>
      json({ webhooks: (await useCases.webhooks.list(owner)).map(presentWebhook) }),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/webhooks/{id}',
    operationId: 'getWebhook',
    tag: 'Webhooks',
    summary: 'Get a webhook',
    params: idParams,
    answers: { 200: jsonAnswer('The webhook', webhookSchema) },
    errors: ['webhook-not-found'],
    handler: async ({ owner, params }, { useCases }) =>
      json(presentWebhook(await useCases.webhooks.get(owner, toWebhookId(params.id)))),
  }),
  defineRoute({
    ...noInput,
    method: 'patch',
    scope: 'write',
    path: '/api/v1/webhooks/{id}',
    operationId: 'updateWebhook',
    tag: 'Webhooks',
    summary: 'Change a webhook, disable it or enable it again',
    params: idParams,
    body: jsonBody('updateWebhook', updateBody),
    answers: { 200: jsonAnswer('The webhook after the change', webhookSchema) },
    errors: ['webhook-not-found', 'url-not-allowed'],
    handler: async ({ owner, params, body }, { useCases }) => {
      const change = {
        ...(body.url !== undefined && { url: body.url }),
        ...(body.description !== undefined && { description: body.description }),
        ...(body.events !== undefined && { eventTypes: body.events }),
        ...(body.enabled !== undefined && { isEnabled: body.enabled }),
      }
      return json(presentWebhook(await useCases.webhooks.update(owner, toWebhookId(params.id), change)))
    },
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'write',
    path: '/api/v1/webhooks/{id}',
    operationId: 'deleteWebhook',
    tag: 'Webhooks',
    summary: 'Delete a webhook and its log',
    params: idParams,
    answers: { 204: { description: 'The webhook was deleted', content: [] } },
    errors: ['webhook-not-found'],
    handler: async ({ owner, params }, { useCases }) => {
      await useCases.webhooks.delete(owner, toWebhookId(params.id))
      return noContent
    },
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/webhooks/{id}/rotate',
    operationId: 'rotateWebhookSecret',
    tag: 'Webhooks',
    summary: 'Get a new secret',
    description:
      `For ${ROTATION_OVERLAP_HOURS} hours deliveries have two signatures, one with the new secret and one with the ` +
      'secret before.',
    params: idParams,
    answers: { 200: jsonAnswer('The webhook with its new secret', webhookWithSecretSchema) },
    errors: ['webhook-not-found'],
    handler: async ({ owner, params }, { useCases }) =>
      json(presentWithSecret(await useCases.webhooks.rotate(owner, toWebhookId(params.id)))),
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/webhooks/{id}/ping',
    operationId: 'pingWebhook',
    tag: 'Webhooks',
    summary: 'Send the event `ping`, to try a webhook',
    params: idParams,
    answers: { 202: jsonAnswer('The delivery, which is under way', deliverySchema) },
    errors: ['webhook-not-found', 'webhook-disabled'],
    handler: async ({ owner, params }, { useCases }) =>
      json(presentDelivery(await useCases.webhooks.ping(owner, toWebhookId(params.id))), 202),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/webhooks/{id}/deliveries',
    operationId: 'listDeliveries',
    tag: 'Webhooks',
    summary: 'See what was delivered, and what was not',
    description: 'Deliveries are kept for four days.',
    params: idParams,
    query: logQuery,
    answers: { 200: jsonAnswer('The latest deliveries, the newest first', deliveryListSchema) },
    errors: ['webhook-not-found'],
    handler: async ({ owner, params, query }, { useCases }) => {
      const log = await useCases.webhooks.listDeliveries(owner, toWebhookId(params.id), query.limit)
      return json({ deliveries: log.map(presentDelivery) })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/webhooks/deliveries/{id}/redeliver',
    operationId: 'redeliver',
    tag: 'Webhooks',
    summary: 'Deliver an event once more',
    description: 'Whether it was delivered or not. The new delivery has the same `webhook-id`.',
    params: idParams,
    answers: { 202: jsonAnswer('The new delivery, which is under way', deliverySchema) },
    errors: ['delivery-not-found', 'webhook-disabled'],
    handler: async ({ owner, params }, { useCases }) =>
      json(presentDelivery(await useCases.webhooks.redeliver(owner, toDeliveryId(params.id))), 202),
  }),
]
