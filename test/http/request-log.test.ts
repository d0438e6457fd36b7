import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createApp } from '../../src/http/app.js'
import { startServer } from '../../src/http/server.js'
import { createLog } from '../../src/log.js'
import { httpConfig } from '../support/http-config.js'
import { checkBody } from '../support/same-process.js'
import { createStandInUseCases } from './stand-in-use-cases.js'
import { expectProblem, NO_KEYS, postJson, startTestServer, type TestServer } from './support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('the request id', () => {
  test('is a UUIDv7 of the server', async () => {
    const id = (await get('/health')).headers.get('x-request-id')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('is taken from the client when it is well-formed', async () => {
    const problem = await expectProblem(
      await get('/nope', { 'X-Request-Id': 'abc.DEF-1_2' }),
      404,
      'route-not-found',
    )
    expect(problem.request_id).toBe('abc.DEF-1_2')
    for (const odd of ['a b', 'a"b', 'x'.repeat(129)]) {
      expect((await get('/nope', { 'X-Request-Id': odd })).headers.get('x-request-id')).not.toBe(odd)
    }
  })
})

test('X-Forwarded-For is not trusted', async () => {
  await get('/api/v1/videos', { 'X-Forwarded-For': '203.0.113.9' })
  await vi.waitFor(() => expect(server.log.length).toBeGreaterThan(0))
  expect(JSON.stringify(server.log)).not.toContain('203.0.113.9')
})

test('logs hold no query, header or body, and health checks are not logged', async () => {
  const headers = { Authorization: 'Bearer canary-1', Cookie: 'canary-2', 'Idempotency-Key': 'canary-3' }
  const before = server.log.length
  await postJson(`${server.url}/api/v1/trim?token=canary-4`, { canary: 'canary-5' }, headers)
  await get('/health')
  await get('/api/v1/jobs')
  await vi.waitFor(() => expect(server.log.length).toBe(before + 2))
  expect(JSON.stringify(server.log)).not.toContain('canary')
  expect(JSON.stringify(server.log)).not.toContain('/health')
})

test('the log lines of a use case have the id of their request, and so has the line of the request', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-ids-'))
  const lines: Record<string, unknown>[] = []
  const log = createLog('api', 'info', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  })
  const standIns = createStandInUseCases(dir)
  const useCases = {
    ...standIns,
    listAssets: async (...args: Parameters<typeof standIns.listAssets>) => {
      const assets = await standIns.listAssets(...args)
      log.info('deep inside')
      return assets
    },
  }
  const server = await startServer(
    createApp({ useCases, checkBody, config: httpConfig(), access: NO_KEYS, log }),
    httpConfig(),
  )
  onTestFinished(async () => {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  })
  const ask = (id: string) => fetch(`${server.url}/api/v1/assets`, { headers: { 'X-Request-Id': id } })
  await Promise.all([ask('first'), ask('second')])
  await vi.waitFor(() => expect(lines).toHaveLength(4))
  for (const requestId of ['first', 'second']) {
    expect(lines.filter((line) => line['requestId'] === requestId).map(({ msg }) => msg)).toEqual([
      ...['deep inside', 'answered'],
    ])
  }
  log.info('outside')
  expect(lines.at(-1)).not.toHaveProperty('requestId')
})
