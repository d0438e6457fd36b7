import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { AppError, ERRORS, isErrorCode } from '../../src/errors.js'
import { STATUS } from '../../src/http/reply/problem.js'
import {
  expectProblem,
  openRaw,
  postJson,
  readJson,
  sendRaw,
  startTestServer,
  type TestServer,
} from './support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterEach(() => server.useCases.failWith(null))

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('a failure of a use case', () => {
  test.each(Object.keys(ERRORS))('%s', async (code) => {
    if (!isErrorCode(code)) throw new Error(`${code} is no code`)
    const secret = 'SELECT * FROM videos at /var/lib/secret'
    server.useCases.failWith(new AppError(code, secret))
    const status = STATUS[code]
    const response = await get('/api/v1/videos')
    const problem = await expectProblem(response, status, code)
    expect(problem.title).toBe(ERRORS[code].title)
    expect(problem.detail).toBe(status >= 500 ? problem.title : secret)
    expect(response.headers.get('retry-after')).toBe([429, 503].includes(status) ? '5' : null)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('that is unexpected shows no details and is logged with its stack', async () => {
    server.useCases.failWith(new Error('connect to /var/lib/secret failed'))
    const response = await get('/api/v1/videos')
    expect(await response.clone().text()).not.toContain('secret')
    const problem = await expectProblem(response, 500, 'internal')
    await vi.waitFor(() => expect(JSON.stringify(server.log)).toContain(problem.request_id))
    const line = server.log.find((entry) => JSON.stringify(entry).includes(problem.request_id))
    expect(line).toMatchObject({ level: 50 })
    expect(JSON.stringify(line)).toContain('/var/lib/secret')
  })
})

describe('the request id', () => {
  test('is ours, a UUIDv7', async () => {
    const id = (await get('/health')).headers.get('x-request-id')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('is the client’s if it is valid', async () => {
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

describe('a body that cannot be read', () => {
  const post = (body: string | Uint8Array, headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/quality`, { method: 'POST', body, headers })
  const json = { 'Content-Type': 'application/json' }

  const cases: [string, string | Uint8Array, Record<string, string>, number, string][] = [
    ['JSON that is none', '{"a":', json, 400, 'request-invalid'],
    ['text that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), json, 400, 'request-invalid'],
    [
      'another type',
      'a=1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-content-type',
    ],
    [
      'another charset',
      '{}',
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'unsupported-content-type',
    ],
    ['compression', '{}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'unsupported-content-type'],
    ['more than 1 MB', `"${'x'.repeat(1024 * 1024)}"`, json, 413, 'body-too-large'],
    ['an array', '[]', json, 400, 'request-invalid'],
    ['null', 'null', json, 400, 'request-invalid'],
    ['a string', '"x"', json, 400, 'request-invalid'],
  ]
  test.each(cases)('%s', async (_name, body, headers, status, code) => {
    await expectProblem(await post(body, headers), status, code)
  })

  test('none at all', async () => {
    const response = await fetch(`${server.url}/api/v1/quality`, { method: 'POST' })
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors).toEqual([{ pointer: '', message: 'is required' }])
  })

  test('an explicit charset of UTF-8 is accepted', async () => {
    const headers = { 'Content-Type': 'Application/JSON; charset="UTF-8"' }
    const { errors } = await expectProblem(await post('{}', headers), 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toBe('/video_id')
  })

  test('more than 1 MiB without a length is refused while it streams', async () => {
    const { socket, closed } = openRaw(server.port)
    const head =
      'POST /api/v1/trim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const size = 1024 * 1024 + 10
    socket.write(`${head}${size.toString(16)}\r\n`)
    socket.write(Buffer.alloc(size, ' '))
    expect(await closed).toMatch(/^HTTP\/1\.1 413 [^]*"code":"body-too-large"/)
  })

  test('a client that disconnects is not an error', async () => {
    const { socket } = openRaw(server.port)
    const before = server.log.length
    socket.write(
      'POST /api/v1/trim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"',
    )
    await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(0))
    await get('/api/v1/videos')
    socket.destroy()
    await vi.waitFor(() =>
      expect(server.log.slice(before).some(({ msg }) => msg === 'the client went away')).toBe(true),
    )
    expect(server.log.slice(before).filter(({ level }) => Number(level) > 30)).toEqual([])
  })
})

describe('routes and methods', () => {
  test.each(['/nope', '/api/v1', '/api/v1/', '/api/v1/videos/', '/API/v1/videos', '/api/v2/videos', '//'])(
    '%s is no route',
    async (path) => {
      await expectProblem(await get(path), 404, 'route-not-found')
    },
  )

  const methods: [string, string, string][] = [
    ['PUT', '/api/v1/videos', 'GET, HEAD, OPTIONS'],
    ['POST', '/api/v1/jobs', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/upload', 'POST, OPTIONS'],
    ['HEAD', '/api/v1/trim', 'POST, OPTIONS'],
    ['PATCH', '/api/v1/videos/x', 'GET, HEAD, DELETE, OPTIONS'],
    ['DELETE', '/api/v1/assets', 'POST, GET, HEAD, OPTIONS'],
    ['DELETE', '/health', 'GET, HEAD, OPTIONS'],
  ]
  test.each(methods)('%s %s is 405', async (method, path, allow) => {
    const response = await fetch(server.url + path, { method })
    expect(response.headers.get('allow')).toBe(allow)
    if (method === 'HEAD') expect(response.status).toBe(405)
    else await expectProblem(response, 405, 'method-not-allowed')
  })

  test('TRACE is 405 too', async () => {
    const answer = await sendRaw(
      server.port,
      'TRACE /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405 [^]*Allow: GET, HEAD, OPTIONS/)
  })

  test('OPTIONS lists the methods', async () => {
    const response = await fetch(`${server.url}/api/v1/assets/a.png`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS')
  })

  test('invalid HTTP is answered with a problem, too', async () => {
    expect(await sendRaw(server.port, 'NONSENSE\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 [^]*"code":"request-invalid"/,
    )
    const large = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`
    expect(await sendRaw(server.port, large)).toMatch(/^HTTP\/1\.1 431 /)
  })
})

test('every answer has the headers that keep browsers safe', async () => {
  for (const path of ['/', '/docs', '/redoc', '/health', '/api/v1/videos', '/nope']) {
    const { headers } = await get(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.has('x-powered-by')).toBe(false)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy.includes('worker-src')).toBe(path === '/redoc')
  }
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

test('the type of a problem is a URL that works', async () => {
  expect(await readJson(await get('/problems/job-finished'))).toEqual({
    code: 'job-finished',
    title: 'The job has already ended',
    status: 409,
  })
  await expectProblem(await get('/problems/unheard-of'), 400, 'request-invalid')
})
