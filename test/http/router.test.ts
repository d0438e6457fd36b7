import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem, sendRaw, startTestServer, type TestServer } from './support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('routes and methods', () => {
  test.each(['/nope', '/api/v1', '/api/v1/', '/api/v1/videos/', '/API/v1/videos', '/api/v2/videos', '//'])(
    '%s is not a route',
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

  test('TRACE is 405, too', async () => {
    const answer = await sendRaw(
      server.port,
      'TRACE /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405 [^]*Allow: GET, HEAD, OPTIONS/)
  })

  test('OPTIONS lists the allowed methods', async () => {
    const response = await fetch(`${server.url}/api/v1/assets/a.png`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS')
  })
})
