import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { allWell } from '../all-well.js'
import { readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

test('the liveness is known without a key and without asking anything', async () => {
  server.useCases.failWith(new AppError('db-unavailable', 'PostgreSQL is not available'))
  const response = await get('/livez')
  expect([response.status, await readJson(response)]).toEqual([200, { status: 'ok' }])
  server.useCases.failWith(null)
})

describe('health', () => {
  test('is 200 when everything works', async () => {
    const response = await get('/health')
    expect(response.status).toBe(200)
    const ok = { ok: true, latency_ms: 1, message: null }
    expect(await readJson(response)).toMatchObject({
      status: 'ok',
      checks: { database: ok, orchestrator: ok, storage: ok, ffmpeg: ok },
      ffmpeg: {
        version: '5.1.9',
        ffprobe_version: '5.1.9',
        tested: true,
        older_than: '8.1.2',
        missing: [{ part: 'libsvtav1', cannot: 'make AV1' }],
      },
      event_loop: { p99_ms: 1, max_ms: 12 },
      ffmpeg_confinement: {
        no_network: true,
        limits: true,
        processes_unbounded: null,
        dies_with_worker: false,
      },
    })
  })

  test('is 503 when something does not work', async () => {
    const { checks } = allWell()
    const database = { ok: false, latencyMs: 2000, message: 'The database is unavailable' }
    server.useCases.setHealth({ ...allWell(), healthy: false, checks: { ...checks, database } })
    const response = await get('/health')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await readJson(response)).toMatchObject({
      status: 'degraded',
      checks: { database: { ok: false, latency_ms: 2000, message: 'The database is unavailable' } },
    })
    server.useCases.setHealth(allWell())
  })
})
