import Joi from 'joi'
import { DISABLED_AFTER_DAYS } from '../../jobs/webhooks/deliver-due.js'
import { MAX_WEBHOOKS, ROTATION_OVERLAP_HOURS } from '../../jobs/webhooks/webhooks.js'
import { jsonBody } from '../body/json-body.js'
import {
  DELIVERY_EXAMPLE,
  EXAMPLE_IDS,
  NEW_DELIVERY_EXAMPLE,
  WEBHOOK_EXAMPLE,
  WEBHOOK_REQUEST_EXAMPLE,
  WEBHOOK_WITH_SECRET_EXAMPLE,
} from '../present/examples.js'
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
import { createBody, updateBody } from '../request/webhook-body.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'

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
    example: {
      body: WEBHOOK_REQUEST_EXAMPLE,
      answer: WEBHOOK_WITH_SECRET_EXAMPLE,
    },
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
    description: 'Those of the owner of the key, without their secrets.',
    example: { answer: { webhooks: [WEBHOOK_EXAMPLE] } },
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
    description: 'Whether it works, and what is sent to it. Its secret cannot be read again.',
    example: { parameters: { id: EXAMPLE_IDS.webhook }, answer: WEBHOOK_EXAMPLE },
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
    description: 'Absent fields stay as they are. Enabling a webhook again begins anew with new events.',
    example: {
      parameters: { id: EXAMPLE_IDS.webhook },
      body: { description: 'The ends of jobs', enabled: true },
      answer: WEBHOOK_EXAMPLE,
    },
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
    description: 'Nothing more is sent to it, also not what is under way.',
    example: { parameters: { id: EXAMPLE_IDS.webhook } },
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
    example: { parameters: { id: EXAMPLE_IDS.webhook }, answer: WEBHOOK_WITH_SECRET_EXAMPLE },
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
    description: 'The delivery is in the log of the webhook, with what its endpoint has answered.',
    example: { parameters: { id: EXAMPLE_IDS.webhook }, answer: NEW_DELIVERY_EXAMPLE },
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
    example: {
      parameters: { id: EXAMPLE_IDS.webhook, limit: 20 },
      answer: { deliveries: [DELIVERY_EXAMPLE] },
    },
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
    example: { parameters: { id: EXAMPLE_IDS.delivery }, answer: NEW_DELIVERY_EXAMPLE },
    params: idParams,
    answers: { 202: jsonAnswer('The new delivery, which is under way', deliverySchema) },
    errors: ['delivery-not-found', 'webhook-disabled'],
    handler: async ({ owner, params }, { useCases }) =>
      json(presentDelivery(await useCases.webhooks.redeliver(owner, toDeliveryId(params.id))), 202),
  }),
]
