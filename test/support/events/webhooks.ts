import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { v7 as uuidv7 } from 'uuid'
import { onTestFinished } from 'vitest'
import { LOCAL_OWNER } from '../../../src/jobs/model.js'
import type { NewWebhook } from '../../../src/jobs/ports/webhooks.js'
import { newWebhookSecret } from '../../../src/jobs/webhooks/sign-message.js'
import type { WebhookId } from '../../../src/jobs/webhooks/webhook.js'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly port: number
  readonly received: Received[]
  /** Answers the next requests. */
  answer: (res: ServerResponse, request: Received) => void
}

/** An endpoint of a user, on a real port. Answers 204 until a test wants something else. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const request = { headers: req.headers, body: Buffer.concat(chunks).toString() }
      receiver.received.push(request)
      receiver.answer(res, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received: [],
    answer: (res) => res.writeHead(204).end(),
  }
  return receiver
}

export function newWebhook(changes: Partial<NewWebhook> = {}): NewWebhook {
  return {
    id: uuidv7() as WebhookId,
    owner: LOCAL_OWNER,
    url: 'https://example.org/hook',
    description: '',
    eventTypes: [],
    secret: newWebhookSecret(),
    ...changes,
  }
}

/** The event of a request, as a receiver reads it. Throws when the signature is wrong. */
export function verify({ headers, body }: Received, secret: string): unknown {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]))
  return new Verifier(secret).verify(body, signed)
}
