import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import type { OwnerEvent } from '../events/event.js'
import { messageOf } from '../events/message.js'
import type { Webhook } from './webhook.js'

const SECRET_BYTES = 32

/** A secret in the form of Standard Webhooks. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The request of a delivery: https://www.standardwebhooks.com. The id is that of the event, so that a receiver knows
 * what it has had before. After a rotation both secrets sign for a while.
 */
export function signMessage(
  webhook: Pick<Webhook, 'secret' | 'previousSecret' | 'previousSecretUntil'>,
  event: OwnerEvent,
  now: Date,
): SignedMessage {
  const body = JSON.stringify(messageOf(event))
  const { secret, previousSecret, previousSecretUntil } = webhook
  const isPreviousGood = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now
  const secrets = isPreviousGood ? [secret, previousSecret] : [secret]
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Cutroom-Webhooks',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((one) => new Signer(one).sign(event.id, now, body)).join(' '),
    },
  }
}
