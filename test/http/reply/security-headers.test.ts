import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

/** Headers that are the same in each answer, without those of the connection. */
const ALWAYS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

const VARYING = [
  'connection',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'x-request-id',
  'last-modified',
]

async function headersOf(path: string): Promise<Record<string, string>> {
  const { headers } = await get(path)
  return Object.fromEntries([...headers].filter(([name]) => !VARYING.includes(name)))
}

test.each([
  [
    '/api/v1/videos',
    {
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'content-type': 'application/json; charset=utf-8',
    },
  ],
  [
    '/nope',
    {
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'content-type': 'application/problem+json',
    },
  ],
  [
    '/docs',
    {
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
      'content-type': 'text/html; charset=utf-8',
    },
  ],
])('the headers of %s are these and no others', async (path, own) => {
  expect(await headersOf(path)).toEqual({ ...ALWAYS, ...own })
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
