import { AppError } from '../../src/errors.js'
import type { WebhookUseCases } from '../../src/jobs/webhooks/use-cases.js'

/** NOT the application: an owner without webhooks. Those of the application are tested with its database. */
export function createStandInWebhooks(): WebhookUseCases {
  const missing = () => Promise.reject(new AppError('webhook-not-found', 'There is no such webhook.'))
  return {
    create: () => Promise.reject(new AppError('too-many-webhooks', 'An owner can have no webhooks here.')),
    list: () => Promise.resolve([]),
    get: missing,
    update: missing,
    rotate: missing,
    delete: missing,
    ping: missing,
    listDeliveries: missing,
    redeliver: () => Promise.reject(new AppError('delivery-not-found', 'There is no such delivery.')),
  }
}
