import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import type { Owner } from '../../../src/jobs/model.js'
import { deliverDue } from '../../../src/jobs/webhooks/deliver-due.js'
import { beginOverdue, pumpEvents } from '../../../src/jobs/webhooks/event-pump.js'
import type { WebhookUseCases } from '../../../src/jobs/webhooks/use-cases.js'
import type { Webhook } from '../../../src/jobs/webhooks/webhook.js'
import { createWebhookUseCases } from '../../../src/jobs/webhooks/webhooks.js'
import { createOutbound } from '../../../src/outbound/create-outbound.js'
import { storeVideo, useDatabase } from '../../db/fixtures.js'
import { type Receiver, startReceiver, verify } from '../../support/events/webhooks.js'
import { useWorld } from '../world.js'

const home = useDatabase()
const world = useWorld(home)
let owner: Owner
let receiver: Receiver
let deps: JobsDeps
let webhooks: WebhookUseCases
beforeEach(async () => {
  owner = `o-${uuidv7()}` as Owner
  receiver = await startReceiver()
  ;({ deps } = world())
  webhooks = createWebhookUseCases(deps)
})

const add = (change: Partial<Parameters<WebhookUseCases['create']>[1]> = {}) =>
  webhooks.create(owner, { url: receiver.url, description: '', eventTypes: [], ...change })
const deliver = ({ id }: Webhook, change: Partial<JobsDeps> = {}, signal = new AbortController().signal) =>
  deliverDue({ ...deps, ...change }, id, signal)
const logOf = ({ id }: Webhook) => webhooks.listDeliveries(owner, id, 100)

/** An upload that completes, which is two events. */
async function upload(of = owner) {
  const { uploadJobId } = await storeVideo(deps.repositories, { owner: of })
  await pumpEvents(deps)
  return uploadJobId
}

const query = (sql: string) => home.database().sequelize.query(sql)

/** Makes every attempt that waits due, as if its time had come. */
const passTime = () => query("UPDATE webhook_deliveries SET next_attempt_at = now() WHERE status = 'pending'")

describe('an event', () => {
  test('is delivered to every endpoint that asks for its type, signed', async () => {
    const all = await add()
    const some = await add({ eventTypes: ['job.completed'] })
    const other = await add({ eventTypes: ['output.expired'] })
    const jobId = await upload()
    for (const webhook of [all, some, other]) expect(await deliver(webhook)).toBeNull()
    expect((await logOf(other)).length).toBe(0)
    const [ready, completed, again] = receiver.received
    expect(ready && verify(ready, all.secret)).toMatchObject({
      type: 'video.ready',
      id: ready?.headers['webhook-id'],
      data: { job_id: jobId, status: 'ready', error_code: null, links: { job: `/api/v1/jobs/${jobId}` } },
    })
    expect(completed && verify(completed, all.secret)).toMatchObject({ type: 'job.completed' })
    expect(again && verify(again, some.secret)).toMatchObject({ type: 'job.completed' })
    expect(again?.headers['webhook-id']).toBe(completed?.headers['webhook-id'])
    expect(receiver.received).toHaveLength(3)
    expect(await logOf(all)).toMatchObject([
      { status: 'delivered', attempts: 1, responseStatus: 204, failure: null, nextAttemptAt: null },
      { status: 'delivered' },
    ])
  })

  test('is not told to other owners', async () => {
    const webhook = await add()
    await upload('somebody-else' as Owner)
    expect(await deliver(webhook)).toBeNull()
    expect(receiver.received).toEqual([])
  })

  test('is taken once, however many pumps there are', async () => {
    const webhook = await add()
    await storeVideo(deps.repositories, { owner })
    await Promise.all(Array.from({ length: 5 }, () => pumpEvents(deps)))
    expect(await logOf(webhook)).toHaveLength(2)
  })

  test('is delivered later when Temporal is away, once an attempt is overdue', async () => {
    const webhook = await add()
    world().orchestrator.failures.start = new Error('away')
    await upload()
    world().orchestrator.failures.start = null
    await beginOverdue(deps)
    expect(world().orchestrator.delivering).toEqual([])
    await beginOverdue(deps, new Date(Date.now() + 60_000))
    expect(world().orchestrator.delivering).toContain(webhook.id)
  })
})

describe('an attempt that fails', () => {
  const FAILURES = [
    ['bad-status', 500, (r: Receiver) => (r.answer = (res) => res.writeHead(500).end('no'))],
    ['redirected', 302, (r: Receiver) => (r.answer = (res) => res.writeHead(302, { Location: r.url }).end())],
    ['connection-failed', null, (r: Receiver) => (r.answer = (res) => res.destroy())],
    ['timed-out', null, (r: Receiver) => (r.answer = () => undefined)],
  ] as const
  test.each(FAILURES)('is repeated later: %s', async (failure, responseStatus, prepare) => {
    const webhook = await add({ eventTypes: ['video.ready'] })
    prepare(receiver)
    await upload()
    const outbound = createOutbound({ allow: ['127.0.0.1'], timeoutMs: 300 })
    const waitMs = await deliver(webhook, { outbound })
    expect(waitMs).toBeGreaterThan(0)
    expect(waitMs).toBeLessThanOrEqual(5000)
    expect(await logOf(webhook)).toMatchObject([{ status: 'pending', attempts: 1, failure, responseStatus }])
    expect((await webhooks.get(owner, webhook.id)).failingSince).toBeInstanceOf(Date)

    receiver.answer = (res) => res.writeHead(200).end()
    await passTime()
    expect(await deliver(webhook)).toBeNull()
    expect(await logOf(webhook)).toMatchObject([{ status: 'delivered', attempts: 2, failure: null }])
    expect((await webhooks.get(owner, webhook.id)).failingSince).toBeNull()
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    await outbound.close()
  })

  test('at an address that is private by now is not made', async () => {
    const webhook = await add({ eventTypes: ['video.ready'] })
    await upload()
    await deliver(webhook, { outbound: createOutbound({ allow: [] }) })
    expect(receiver.received).toEqual([])
    expect(await logOf(webhook)).toMatchObject([{ status: 'pending', failure: 'address-refused' }])
  })

  test('keeps the others waiting for one attempt at a time', async () => {
    const webhook = await add()
    receiver.answer = (res) => res.writeHead(503).end()
    for (let count = 0; count < 6; count += 1) await upload()
    expect(await deliver(webhook)).toBe(0)
    expect(receiver.received).toHaveLength(10)
    expect(await deliver(webhook)).toBe(0)
    expect(receiver.received).toHaveLength(11)
  })

  test('that is interrupted counts as none', async () => {
    const webhook = await add({ eventTypes: ['video.ready'] })
    await upload()
    const stop = new AbortController()
    receiver.answer = () => stop.abort(new Error('the worker stops'))
    await expect(deliver(webhook, {}, stop.signal)).rejects.toThrow('stops')
    expect(await logOf(webhook)).toMatchObject([{ status: 'pending', attempts: 0 }])
  })
})

describe('an endpoint', () => {
  test('is disabled when it says that it is gone, with all that waits', async () => {
    const webhook = await add()
    receiver.answer = (res) => res.writeHead(410).end()
    await upload()
    expect(await deliver(webhook)).toBeNull()
    expect((await webhooks.get(owner, webhook.id)).disabledReason).toBe('gone')
    expect((await logOf(webhook)).map(({ status }) => status)).toEqual(['failed', 'failed'])
    await expect(webhooks.ping(owner, webhook.id)).rejects.toMatchObject({ code: 'webhook-disabled' })
  })

  test('is disabled when it has failed for more than five days, and can be enabled again', async () => {
    const webhook = await add()
    receiver.answer = (res) => res.writeHead(500).end()
    await upload()
    await deliver(webhook)
    await query("UPDATE webhooks SET failing_since = now() - interval '4 days 23 hours'")
    await passTime()
    await deliver(webhook)
    expect((await webhooks.get(owner, webhook.id)).disabledReason).toBeNull()
    await query("UPDATE webhooks SET failing_since = now() - interval '5 days 1 minute'")
    await passTime()
    await deliver(webhook)
    expect((await webhooks.get(owner, webhook.id)).disabledReason).toBe('failing')
    expect(await logOf(webhook)).toMatchObject([{ status: 'failed' }, { status: 'failed' }])
    await upload()
    expect(await logOf(webhook)).toHaveLength(2)

    const enabled = await webhooks.update(owner, webhook.id, { isEnabled: true })
    expect(enabled).toMatchObject({ disabledReason: null, failingSince: null })
    receiver.answer = (res) => res.writeHead(200).end()
    await upload()
    expect(await deliver(webhook)).toBeNull()
    expect((await logOf(webhook)).filter(({ status }) => status === 'delivered')).toHaveLength(2)
  })

  test('gets two signatures for a day after its secret has changed', async () => {
    const webhook = await add({ eventTypes: ['video.ready'] })
    const rotated = await webhooks.rotate(owner, webhook.id)
    expect(rotated.secret).not.toBe(webhook.secret)
    await upload()
    await deliver(webhook)
    await query('UPDATE webhooks SET previous_secret_until = now()')
    await upload()
    await deliver(webhook)
    const [during, after] = receiver.received
    if (!during || !after) throw new Error('two events were to arrive')
    expect([verify(during, webhook.secret), verify(during, rotated.secret)]).toHaveLength(2)
    expect(verify(after, rotated.secret)).toMatchObject({ type: 'video.ready' })
    expect(() => verify(after, webhook.secret)).toThrow('No matching signature')
  })

  test('is pinged, and told of an event once more, with the same id', async () => {
    const webhook = await add({ eventTypes: ['video.ready'] })
    const ping = await webhooks.ping(owner, webhook.id)
    expect(world().orchestrator.delivering).toEqual([webhook.id])
    await deliver(webhook)
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'ping',
      data: { webhook_id: webhook.id },
    })
    const again = await webhooks.redeliver(owner, ping.id)
    expect(again).toMatchObject({ status: 'pending', attempts: 0, event: { id: ping.event.id } })
    await deliver(webhook)
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      ping.event.id,
      ping.event.id,
    ])
    await expect(webhooks.redeliver('another' as Owner, ping.id)).rejects.toMatchObject({
      code: 'delivery-not-found',
    })
    // Pings are for the endpoint alone.
    await pumpEvents(deps)
    expect(await logOf(webhook)).toHaveLength(2)
  })

  test('is one of twenty at most, although several are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 25 }, () => add()))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(await webhooks.list(owner)).toHaveLength(20)
  })
})

test('events are kept while they are still to be delivered', async () => {
  const webhook = await add({ eventTypes: ['video.ready'] })
  await upload()
  await storeVideo(deps.repositories, { owner })
  const later = new Date(Date.now() + 60_000)
  await deps.repositories.events.removeBefore(later, 10_000)
  const left = await home
    .database()
    .sequelize.query(`SELECT type FROM events WHERE owner = '${owner}' ORDER BY id`)
  expect(left[0]).toEqual([{ type: 'video.ready' }, { type: 'video.ready' }, { type: 'job.completed' }])
  await pumpEvents(deps)
  await deliver(webhook)
  await deps.repositories.events.removeBefore(later, 10_000)
  expect(await logOf(webhook)).toEqual([])
})
