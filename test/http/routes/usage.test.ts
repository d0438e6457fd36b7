import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEvents } from '../../support/events/event-stream.js'
import { expectProblem, openRaw, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
const RATES = { requests: 1000, submits: 20, uploads: null, previews: 30 }
beforeAll(async () => {
  server = await startTestServer(undefined, undefined, { rates: RATES })
})
afterAll(() => server.close())

const usage = async () => readJson(await fetch(`${server.url}/api/v1/usage`))

test('the usage of the owner is shown with every limit', async () => {
  expect(await usage()).toEqual({
    queued_jobs: { used: 2, limit: 1000 },
    running_jobs: 1,
    running_passes: { used: 3, limit: 4 },
    stored_bytes: { used: 5_000_000_000, limit: null },
    sent_bytes_today: { used: 0, limit: null },
    day_ends_at: '2026-12-01T00:00:00.000Z',
    event_streams: { used: 0, limit: 30 },
    open_uploads: { used: 0, limit: null },
    unfinished_uploads: { used: 0, limit: 1000 },
    rates_per_minute: RATES,
  })
})

test('event streams beyond the quota are refused until one ends, in whatever way', async () => {
  const { job } = server.useCases.addJob({})
  const path = `/api/v1/jobs/${job.id}/events`
  const open = () => openEvents(server.url + path)
  const streams = await Promise.all(Array.from({ length: 29 }, open))
  const raw = openRaw(server.port)
  raw.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await expect.poll(raw.received).toContain('event: progress')
  expect(await usage()).toMatchObject({ event_streams: { used: 30 } })
  const refused = await fetch(server.url + path)
  expect(refused.headers.get('retry-after')).toBe('5')
  await expectProblem(refused, 429, 'too-many-streams')
  raw.socket.resetAndDestroy()
  await expect.poll(async () => (await usage())['event_streams']).toMatchObject({ used: 29 })
  const again = await open()
  for (const { leave } of [...streams, again]) leave()
  await expect.poll(async () => (await usage())['event_streams']).toMatchObject({ used: 0 })
  await fetch(server.url + path, { method: 'HEAD' })
  await expect.poll(async () => (await usage())['event_streams']).toMatchObject({ used: 0 })
})
