import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import { NO_KEYS, openRaw, startTestServer, type TestServer } from '../support.js'

const KEY = 'a-key'
let open: TestServer
let guarded: TestServer
beforeAll(async () => {
  open = await startTestServer()
  guarded = await startTestServer(1000, { ...NO_KEYS, needsKey: true })
  for (const { useCases } of [open, guarded]) {
    useCases.keys.set(KEY, { keyId: 'a', owner: 'acme' as Owner, scopes: ['read', 'write'] })
  }
})
afterAll(() => Promise.all([open.close(), guarded.close()]))

async function send(server: TestServer, method: string, headers: Record<string, string>): Promise<string> {
  const { socket, closed } = openRaw(server.port)
  const lines = Object.entries({ Host: `127.0.0.1:${server.port}`, Connection: 'close', ...headers })
  const path =
    method === 'GET' ? '/api/v1/videos' : '/api/v1/jobs/01890000-0000-7000-8000-000000000000/cancel'
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n`)
  const [, status = '', code = ''] = /^HTTP\/1\.1 (\d+)[^]*?(?:"code":"([\w-]+)"|$)/.exec(await closed) ?? []
  return `${status} ${code}`.trim()
}

describe('without keys', () => {
  test.each(['cross-site', 'same-site'])(
    'a %s page may send requests that read, but none that change anything',
    async (site) => {
      expect(await send(open, 'POST', { 'Sec-Fetch-Site': site })).toBe('403 other-site')
      expect(await send(open, 'GET', { 'Sec-Fetch-Site': site })).toBe('200')
    },
  )

  test.each(['https://evil.example', 'http://localhost:5173', 'null', 'file://', 'not an origin'])(
    'a page of %s may not change anything, even if its browser sends no Sec-Fetch-Site',
    async (Origin) => {
      expect(await send(open, 'POST', { Origin })).toBe('403 other-site')
      expect(await send(open, 'POST', { Origin, 'Sec-Fetch-Site': 'none' })).toBe('403 other-site')
      expect(await send(open, 'GET', { Origin })).toBe('200')
    },
  )

  test('the own origin may', async () => {
    const Origin = `http://127.0.0.1:${open.port}`
    expect(await send(open, 'POST', { Origin })).toBe('404 job-not-found')
    const named = { Host: `LocalHost:${open.port}`, Origin: `http://localhost:${open.port}` }
    expect(await send(open, 'POST', named)).toBe('404 job-not-found')
  })

  test.each(['same-origin', 'none'])("the console's own requests (%s) pass", async (site) => {
    expect(await send(open, 'POST', { 'Sec-Fetch-Site': site })).toBe('404 job-not-found')
  })

  test.each([
    'evil.example',
    'evil.example:8000',
    '127.0.0.1.evil.example',
    'localhost.evil.example:1',
    'a@127.0.0.1',
    '10.0.0.5:8000',
    '[fe80::1]',
    '0.0.0.0',
  ])('Host: %s is refused', async (Host) => {
    expect(await send(open, 'GET', { Host })).toBe('403 other-site')
  })

  test.each(['localhost', 'LOCALHOST:8000', '127.0.0.1', '127.0.0.1:8000', '[::1]:8000', '[::1]'])(
    'Host: %s is accepted as this machine',
    async (Host) => {
      expect(await send(open, 'GET', { Host })).toBe('200')
    },
  )
})

test('a request with a key may come from any site', async () => {
  const headers = { Host: 'video.example', 'Sec-Fetch-Site': 'cross-site', Authorization: `Bearer ${KEY}` }
  for (const server of [open, guarded]) {
    expect(await send(server, 'GET', headers)).toBe('200')
    expect(await send(server, 'POST', headers)).toBe('404 job-not-found')
  }
})

test('the login of a proxy (Basic) is not taken for a key', async () => {
  const headers = { Authorization: 'Basic YTpi' }
  expect(await send(open, 'GET', headers)).toBe('200')
  expect(await send(guarded, 'GET', headers)).toBe('401 unauthenticated')
})

test('the log holds no key and no signature', async () => {
  const link = NO_KEYS.links.sign('acme' as Owner, '/uploads/a.mp4')
  const signature = link.split('/')[2] ?? ''
  await fetch(open.url + link, { headers: { Authorization: `Bearer ${KEY}-of-mine` } })
  await fetch(`${open.url}/api/v1/videos`, { headers: { Authorization: `Bearer ${KEY}-of-mine` } })
  await expect.poll(() => JSON.stringify(open.log)).toContain('/signed/…/uploads/a.mp4')
  await expect.poll(() => open.log.map(({ res }) => JSON.stringify(res))).toContain('{"statusCode":401}')
  expect(JSON.stringify(open.log)).not.toContain(signature)
  expect(JSON.stringify(open.log)).not.toContain('of-mine')
})
