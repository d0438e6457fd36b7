import { beforeAll, describe, expect, test } from 'vitest'
import { EVENTS } from '../../../src/http/present/event.js'
import type { EventId, OwnerEvent } from '../../../src/jobs/events/event.js'
import { EVENT_TYPES } from '../../../src/jobs/events/event.js'
import { messageOf } from '../../../src/jobs/events/message.js'
import type { JobId, OutputId, Owner, VideoId } from '../../../src/jobs/model.js'
import { useGuardedServer } from '../guarded-server.js'
import { expectProblem, readJson } from '../support.js'

const server = useGuardedServer()
const OWNER = 'acme' as Owner
let key = ''
beforeAll(async () => {
  key = await server().key(OWNER, 'read', 'write')
})

const call = (method: string, path: string, body?: object) =>
  server().fetch(`/api/v1/webhooks${path}`, key, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  })
const URL_OF_HOOK = 'https://example.org/hook?a=1'
async function create(fields: object = {}) {
  const response = await call('POST', '', { url: URL_OF_HOOK, ...fields })
  expect(response.status).toBe(201)
  const webhook = await readJson(response)
  return { id: String(webhook['id']), webhook, location: response.headers.get('location') }
}

describe('a webhook', () => {
  test('is made with a secret that only this answer has', async () => {
    const { id, webhook, location } = await create({ events: ['job.completed'], description: 'mine' })
    const { secret, ...rest } = webhook
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(rest).toEqual({
      ...{ id, url: URL_OF_HOOK, description: 'mine', events: ['job.completed'] },
      ...{ enabled: true, disabled_reason: null, failing_since: null, previous_secret_until: null },
      created_at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    })
    expect(location).toBe(`/api/v1/webhooks/${id}`)
    expect(await readJson(await call('GET', `/${id}`))).toEqual(rest)
    const list = (await readJson(await call('GET', '')))['webhooks'] as unknown[]
    expect(list).toContainEqual(rest)
  })

  test('gets a new secret, and keeps the one before for a day', async () => {
    const { id, webhook } = await create()
    const rotated = await readJson(await call('POST', `/${id}/rotate`))
    expect(rotated['secret']).toMatch(/^whsec_/)
    expect(rotated['secret']).not.toBe(webhook['secret'])
    const until = Date.parse(String(rotated['previous_secret_until']))
    expect(until - Date.now()).toBeGreaterThan(23 * 3_600_000)
  })

  test('is changed field by field, disabled and enabled', async () => {
    const { id } = await create()
    const change = { url: 'https://example.org/next', events: ['video.ready'], enabled: false }
    const changed = await readJson(await call('PATCH', `/${id}`, change))
    expect(changed).toMatchObject({ ...change, description: '', disabled_reason: 'owner' })
    await expectProblem(await call('POST', `/${id}/ping`), 409, 'webhook-disabled')
    const enabled = await readJson(await call('PATCH', `/${id}`, { enabled: true }))
    expect(enabled).toMatchObject({ enabled: true, disabled_reason: null, url: change.url })
    await expectProblem(await call('PATCH', `/${id}`, {}), 400, 'request-invalid')
  })

  test('is pinged, shows its deliveries, and delivers one again', async () => {
    const { id } = await create()
    const pinged = await call('POST', `/${id}/ping`)
    expect(pinged.status).toBe(202)
    const delivery = await readJson(pinged)
    expect(delivery).toMatchObject({ webhook_id: id, event_type: 'ping', status: 'pending', attempts: 0 })
    const again = await call('POST', `/deliveries/${String(delivery['id'])}/redeliver`)
    expect(again.status).toBe(202)
    const second = await readJson(again)
    expect(second['event_id']).toBe(delivery['event_id'])
    const log = await readJson(await call('GET', `/${id}/deliveries`))
    expect(log).toEqual({ deliveries: [second, delivery] })
    expect(await readJson(await call('GET', `/${id}/deliveries?limit=1`))).toEqual({ deliveries: [second] })
  })

  test('is deleted with its deliveries', async () => {
    const { id } = await create()
    const delivery = await readJson(await call('POST', `/${id}/ping`))
    expect((await call('DELETE', `/${id}`)).status).toBe(204)
    await expectProblem(await call('GET', `/${id}`), 404, 'webhook-not-found')
    const redelivered = await call('POST', `/deliveries/${String(delivery['id'])}/redeliver`)
    await expectProblem(redelivered, 404, 'delivery-not-found')
  })

  test.each([
    'http://127.0.0.2/',
    'http://169.254.169.254/',
    'ftp://example.org/',
    'https://u:p@example.org/',
    'x',
  ])('is not sent to %s', async (url) => {
    await expectProblem(await call('POST', '', { url }), 400, 'url-not-allowed')
    const { id } = await create()
    await expectProblem(await call('PATCH', `/${id}`, { url }), 400, 'url-not-allowed')
    await call('DELETE', `/${id}`)
  })

  test('has known fields and types of events only', async () => {
    const body = { url: URL_OF_HOOK, events: ['job.done', 'ping'], secret: 'x' }
    const { errors } = await expectProblem(await call('POST', '', body), 400, 'request-invalid')
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/events/0', '/events/1', '/secret'])
  })

  test('is one of twenty at most', async () => {
    const other = await server().key('many' as Owner, 'write')
    const add = () =>
      server().fetch('/api/v1/webhooks', other, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ url: URL_OF_HOOK }),
      })
    for (let count = 0; count < 20; count += 1) expect((await add()).status).toBe(201)
    await expectProblem(await add(), 409, 'too-many-webhooks')
  })
})

const IDS = {
  job_id: 'a8a0e0f8-6c44-4a8e-9d9c-0123456789ab',
  video_id: 'a8a0e0f8-6c44-4a8e-9d9c-0123456789ac',
}

/** An event of the type, as a repository would read it. */
function eventOf(type: OwnerEvent['type']): OwnerEvent {
  const ids = { job_id: IDS.job_id as JobId, video_id: IDS.video_id as VideoId }
  const base = { id: IDS.job_id as unknown as EventId, owner: OWNER, createdAt: new Date() }
  switch (type) {
    case 'ping':
      return { ...base, type, data: { webhook_id: IDS.job_id as never } }
    case 'video.ready':
    case 'video.failed':
      return { ...base, type, data: { ...ids, status: 'failed', error_code: 'source-damaged' } }
    case 'rendition.completed':
    case 'output.expired':
      return {
        ...base,
        type,
        data: { ...ids, processed_video_id: IDS.job_id as unknown as OutputId, name: '480p' },
      }
    case 'job.started':
    case 'job.progress':
    case 'job.completed':
    case 'job.failed':
    case 'job.cancelled':
      return {
        ...base,
        type,
        data: { ...ids, job_type: 'edit', status: 'completed', progress: 100, error_code: null },
      }
  }
}

test.each(EVENTS.map((event) => [event.type, event] as const))(
  'the document describes %s as it is sent',
  (type, { schema }) => {
    const { error } = schema.validate(messageOf(eventOf(type)), { convert: false, abortEarly: false })
    expect(error).toBeUndefined()
  },
)

test('the document lists every event and every route of webhooks', async () => {
  const document = await readJson(await server().fetch('/openapi.json', null))
  const webhooks = document['webhooks'] as Record<string, object>
  expect(Object.keys(webhooks).sort()).toEqual([...EVENT_TYPES, 'ping'].sort())
  const paths = Object.keys(document['paths'] as object).filter((path) => path.includes('/webhooks'))
  expect(paths.sort()).toEqual([
    '/api/v1/webhooks',
    '/api/v1/webhooks/deliveries/{id}/redeliver',
    '/api/v1/webhooks/{id}',
    '/api/v1/webhooks/{id}/deliveries',
    '/api/v1/webhooks/{id}/ping',
    '/api/v1/webhooks/{id}/rotate',
  ])
})
