import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_KEYS, openRaw, startTestServer, type TestServer } from '../support.js'

const OURS = 'https://app.example'
let closed: TestServer
let open: TestServer
let guarded: TestServer
let all: TestServer
beforeAll(async () => {
  closed = await startTestServer()
  open = await startTestServer(undefined, NO_KEYS, { corsOrigins: [OURS] })
  guarded = await startTestServer(undefined, { ...NO_KEYS, needsKey: true }, { corsOrigins: [OURS] })
  all = await startTestServer(undefined, NO_KEYS, { corsOrigins: ['*'] })
})
afterAll(() => Promise.all([closed.close(), open.close(), guarded.close(), all.close()]))

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** `fetch` would set `Origin` and `Sec-Fetch-Site` itself. */
async function send(
  server: TestServer,
  method: string,
  path: string,
  fields: Record<string, string>,
): Promise<Answer> {
  const { socket, closed: answer } = openRaw(server.port)
  const lines = Object.entries({ Host: `127.0.0.1:${server.port}`, Connection: 'close', ...fields })
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(': ')}\r\n`).join('')}\r\n`)
  const [head = '', ...body] = (await answer).split('\r\n\r\n')
  const [first = '', ...rest] = head.split('\r\n')
  const headers = new Headers(
    rest.map((line): [string, string] => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*: /, '')]),
  )
  return { status: Number(first.split(' ')[1]), headers, text: body.join('\r\n\r\n') }
}

const corsNames = ({ headers }: Answer) => [...headers.keys()].filter((name) => name.startsWith('access-'))
const PREFLIGHT = {
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'authorization, content-type, idempotency-key',
}
const CANCEL = '/api/v1/jobs/01890000-0000-7000-8000-000000000000/cancel'

test('without a list no origin is allowed', async () => {
  for (const [method, fields] of [
    ['GET', {}],
    ['OPTIONS', PREFLIGHT],
  ] as const) {
    const answer = await send(closed, method, '/api/v1/videos', { Origin: OURS, ...fields })
    expect(corsNames(answer)).toEqual([])
    expect(answer.headers.get('vary') ?? '').not.toContain('Origin')
  }
})

describe('with a list', () => {
  test.each([
    'https://evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.evil.example',
    'https://sub.app.example',
    'null',
    '*',
  ])('%s is not allowed', async (Origin) => {
    for (const fields of [{}, PREFLIGHT]) {
      const answer = await send(open, fields === PREFLIGHT ? 'OPTIONS' : 'GET', '/api/v1/videos', {
        Origin,
        ...fields,
      })
      expect(corsNames(answer)).toEqual([])
      expect(answer.headers.get('vary')).toContain('Origin')
    }
  })

  test('a listed origin may read every answer, but without credentials', async () => {
    for (const [server, path, status] of [
      [open, '/api/v1/videos', 200],
      [open, '/', 200],
      [open, '/nope', 404],
      [guarded, '/api/v1/videos', 401],
    ] as const) {
      const answer = await send(server, 'GET', path, { Origin: OURS, Accept: 'application/json' })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('access-control-allow-origin')).toBe(OURS)
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
      expect(answer.headers.get('vary')).toContain('Origin')
      if (path === '/') expect(answer.headers.get('vary')).toContain('Accept')
    }
  })

  test('a preflight is answered, also without a key', async () => {
    for (const server of [open, guarded]) {
      const answer = await send(server, 'OPTIONS', CANCEL, { Origin: OURS, ...PREFLIGHT })
      expect([answer.status, answer.text]).toEqual([204, ''])
      expect(answer.headers.get('access-control-allow-origin')).toBe(OURS)
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE')
      const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ')
      expect(allowed).toEqual(expect.arrayContaining(PREFLIGHT['Access-Control-Request-Headers'].split(', ')))
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
    }
  })

  test('OPTIONS that is not a preflight is answered as usual', async () => {
    const answer = await send(open, 'OPTIONS', '/api/v1/videos', { Origin: OURS })
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  })
})

test('with * every origin may use the API, without credentials', async () => {
  for (const [method, fields, status] of [
    ['GET', {}, 200],
    ['OPTIONS', PREFLIGHT, 204],
  ] as const) {
    const answer = await send(all, method, '/api/v1/videos', { Origin: 'https://any.example', ...fields })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
    expect(answer.headers.get('vary') ?? '').not.toContain('Origin')
  }
  const page = { Origin: 'https://any.example', 'Sec-Fetch-Site': 'cross-site' }
  expect((await send(all, 'POST', CANCEL, page)).text).toContain('job-not-found')
})

describe('without keys', () => {
  const cross = { 'Sec-Fetch-Site': 'cross-site' }

  test('pages of a listed origin may change things, those of others may not', async () => {
    expect((await send(open, 'POST', CANCEL, { Origin: OURS, ...cross })).text).toContain('job-not-found')
    for (const [server, Origin] of [
      [open, 'https://evil.example'],
      [closed, OURS],
    ] as const) {
      const answer = await send(server, 'POST', CANCEL, { Origin, ...cross })
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('"code":"other-site"')
    }
  })

  test('a listed origin does not make a foreign Host trusted', async () => {
    const answer = await send(open, 'GET', '/api/v1/videos', { Origin: OURS, Host: 'evil.example' })
    expect(answer.text).toContain('"code":"other-site"')
  })
})
