import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import { UNKNOWN_JOB } from '../stand-in-use-cases.js'
import { expectProblem, NO_KEYS, postForm, postJson, startTestServer, type TestServer } from '../support.js'

const PER_MINUTE = 5
const RATES = { requests: PER_MINUTE, submits: 3, uploads: 2, previews: 1 }
const GUARDED = { ...NO_KEYS, needsKey: true }
let server: TestServer
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await server.close()
})

async function start(change: Parameters<typeof startTestServer>[2] = {}, access = GUARDED) {
  server = await startTestServer(1000, access, { rates: RATES, ...change })
  for (const name of ['a', 'b']) {
    server.useCases.keys.set(name, { keyId: name, owner: 'acme' as Owner, scopes: ['read', 'write'] })
  }
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })
const withKey = (key: string, path = '/api/v1/videos', headers: Record<string, string> = {}) =>
  get(path, { Authorization: `Bearer ${key}`, ...headers })

/** The statuses of `count` requests, sent one after the other. */
async function statuses(count: number, send: () => Promise<Response>): Promise<number[]> {
  const found: number[] = []
  for (let round = 0; round < count; round += 1) {
    const response = await send()
    found.push(response.status)
    await response.arrayBuffer()
  }
  return found
}
const times = (count: number, status: number) => Array.from({ length: count }, () => status)

describe('a key', () => {
  test('has a limit of requests a minute, and another key has its own', async () => {
    await start()
    expect(await statuses(PER_MINUTE, () => withKey('a'))).toEqual(times(PER_MINUTE, 200))
    const refused = await withKey('a')
    const retryAfter = Number(refused.headers.get('retry-after'))
    expect(retryAfter).toBeGreaterThan(0)
    expect(retryAfter).toBeLessThanOrEqual(60)
    expect(refused.headers.get('ratelimit')).toMatch(/"key"; r=0; t=\d+/)
    expect(refused.headers.get('ratelimit-policy')).toContain(`"key"; q=${PER_MINUTE}; w=60`)
    await expectProblem(refused, 429, 'rate-limited')
    expect(await statuses(PER_MINUTE, () => withKey('b'))).toEqual(times(PER_MINUTE, 200))
  })

  test('has one limit for all addresses that it comes from', async () => {
    await start({ trustedProxies: ['127.0.0.1'] })
    let address = 0
    const send = () => withKey('a', '/api/v1/videos', { 'X-Forwarded-For': `203.0.113.${(address += 1)}` })
    expect(await statuses(PER_MINUTE + 1, send)).toEqual([...times(PER_MINUTE, 200), 429])
  })

  test('may send again after a minute, even if the clock is set back during it', async () => {
    await start()
    await statuses(PER_MINUTE, () => withKey('a'))
    const [steadyMs, hourAgo] = [performance.now(), Date.now() - 3_600_000]
    vi.useFakeTimers({ toFake: ['Date'], now: hourAgo })
    const refused = await withKey('a')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    vi.spyOn(performance, 'now').mockImplementation(() => steadyMs + 61_000)
    expect((await withKey('a')).status).toBe(200)
  })

  test('that is valid does not use up the limit of its address', async () => {
    await start()
    await statuses(PER_MINUTE, () => withKey('a'))
    expect(await statuses(PER_MINUTE + 1, () => get('/health'))).toEqual([...times(PER_MINUTE, 200), 429])
  })
})

const FILE = { name: 'file', filename: 'a.mp4', content: 'x' }

describe('requests, submits and uploads', () => {
  const as = (key: string) => ({ Authorization: `Bearer ${key}` })
  const submit = (path = '/api/v1/edits') =>
    postJson(server.url + path, { video_id: 'none', operations: [] }, as('a'))
  const upload = (path = '/api/v1/upload') => postForm(server.url + path, [FILE], as('a'))

  test('have limits of their own: none of them uses up that of another', async () => {
    await start()
    expect(await statuses(PER_MINUTE + 1, () => withKey('a'))).toEqual([...times(PER_MINUTE, 200), 429])
    expect((await statuses(RATES.submits + 1, submit)).map((status) => status === 429)).toEqual([
      ...[false, false, false, true],
    ])
    expect(await statuses(RATES.uploads + 1, upload)).toEqual([...times(RATES.uploads, 202), 429])
  })

  test('say in the answer which limit it was, and what is left of it', async () => {
    await start()
    const first = await upload()
    expect(first.headers.get('ratelimit')).toMatch(/"key-uploads"; r=1; t=\d+/)
    expect(first.headers.get('ratelimit-policy')).toContain('"key-uploads"; q=2; w=60')
    await statuses(RATES.uploads, upload)
    const { detail } = await expectProblem(await upload(), 429, 'rate-limited')
    expect(detail).toBe('At most 2 uploads a minute are allowed. Try again after the time in Retry-After.')
  })

  test('count a retry and every kind of edit as a submit, an asset as an upload, and a cancellation as neither', async () => {
    await start()
    await statuses(RATES.submits, () => submit('/api/v1/trim'))
    expect((await submit(`/api/v1/jobs/${UNKNOWN_JOB}/retry`)).status).toBe(429)
    expect((await submit(`/api/v1/jobs/${UNKNOWN_JOB}/cancel`)).status).toBe(404)
    await statuses(RATES.uploads, () => upload('/api/v1/assets'))
    expect((await upload()).status).toBe(429)
  })
})

describe('an address', () => {
  test('has a limit of requests a minute without a key', async () => {
    await start()
    expect(await statuses(PER_MINUTE, () => get('/api/v1/videos'))).toEqual(times(PER_MINUTE, 401))
    await expectProblem(await get('/api/v1/videos'), 429, 'rate-limited')
  })

  test('has a limit of invalid keys, which applies before any key is looked up', async () => {
    await start()
    let guess = 0
    const look = vi.spyOn(server.useCases, 'authenticate')
    const send = () => withKey(`guess-${(guess += 1)}`)
    expect(await statuses(PER_MINUTE + 3, send)).toEqual([...times(PER_MINUTE, 401), ...times(3, 429)])
    expect(look.mock.calls.length).toBeLessThanOrEqual(PER_MINUTE)
  })

  test.each(['/health', '/nope', '/signed/1.acme.x/uploads/a.mp4'])(
    'does not get round the limit at %s with invented keys',
    async (path) => {
      await start()
      let guess = 0
      const found = await statuses(PER_MINUTE + 1, () => withKey(`guess-${(guess += 1)}`, path))
      expect(found.at(-1)).toBe(429)
      expect(found.slice(0, -1)).not.toContain(429)
    },
  )

  test('has a limit of files that it fetches by signed links', async () => {
    await start()
    await server.useCases.addFile('uploads/a.mp4', 'x')
    const link = NO_KEYS.links.sign('acme' as Owner, '/uploads/a.mp4')
    expect(await statuses(PER_MINUTE + 1, () => get(link))).toEqual([...times(PER_MINUTE, 200), 429])
  })

  test('that sends a body is refused before the body is read', async () => {
    await start()
    const send = () => postForm(`${server.url}/api/v1/upload`, [FILE])
    expect(await statuses(RATES.uploads, send)).toEqual(times(RATES.uploads, 401))
    await expectProblem(await send(), 429, 'rate-limited')
    expect(await server.useCases.leftovers()).toEqual([])
  })
})

describe('X-Forwarded-For', () => {
  const from = (address: string) => get('/health', { 'X-Forwarded-For': address })

  test('is not trusted by default, so invented addresses do not help', async () => {
    await start()
    let last = 0
    const found = await statuses(PER_MINUTE + 1, () => from(`203.0.113.${(last += 1)}`))
    expect(found).toEqual([...times(PER_MINUTE, 200), 429])
  })

  test('is trusted when a trusted proxy sends it, and only for its own client', async () => {
    await start({ trustedProxies: ['127.0.0.1'] })
    await statuses(PER_MINUTE, () => from('203.0.113.1'))
    expect((await from('203.0.113.1')).status).toBe(429)
    expect((await from('203.0.113.2')).status).toBe(200)
    expect((await from('198.51.100.7, 203.0.113.1')).status).toBe(429)
    await get('/api/v1/videos', { 'X-Forwarded-For': '203.0.113.9' })
    await vi.waitFor(() => expect(JSON.stringify(server.log)).toContain('"remoteAddress":"203.0.113.9"'))
  })

  test('does not help a client who writes addresses before the one that the proxy adds', async () => {
    await start({ trustedProxies: ['127.0.0.1'] })
    let last = 0
    const found = await statuses(PER_MINUTE + 1, () => from(`10.9.8.${(last += 1)}, 203.0.113.5`))
    expect(found).toEqual([...times(PER_MINUTE, 200), 429])
  })

  test('is read through as many proxies as are trusted, and not further', async () => {
    await start({ trustedProxies: ['127.0.0.1', '192.0.2.0/24'] })
    let last = 0
    const invented = () => `10.9.8.${(last += 1)}, 203.0.113.6, 192.0.2.7`
    expect(await statuses(PER_MINUTE + 1, () => from(invented()))).toEqual([...times(PER_MINUTE, 200), 429])
    expect((await from('203.0.113.7, 192.0.2.7')).status).toBe(200)
  })

  test.each(['2001:db8:1:1::', '2001:db8:1:1:a:b:c:', '2001:db8:1:2::'])(
    'counts a whole IPv6 network as one client, which has many addresses in it: %s',
    async (network) => {
      await start({ trustedProxies: ['127.0.0.1'] })
      await statuses(PER_MINUTE - 1, () => from('2001:db8:1:1::ffff'))
      let last = 0
      expect(await statuses(2, () => from(`${network}${(last += 1)}`))).toEqual([200, 429])
      expect((await from('2001:db8:2:1::1')).status).toBe(200)
    },
  )

  test('counts an IPv4 address as the same one when it comes as IPv6', async () => {
    await start({ trustedProxies: ['127.0.0.1'] })
    await statuses(PER_MINUTE, () => from('203.0.113.20'))
    expect((await from('::ffff:203.0.113.20')).status).toBe(429)
    expect((await from('::ffff:203.0.113.21')).status).toBe(200)
  })
})

test('without a limit nothing is counted and no header is sent', async () => {
  await start({ rates: { requests: null, submits: null, uploads: null, previews: null } }, NO_KEYS)
  expect(await statuses(20, () => get('/health'))).toEqual(times(20, 200))
  expect((await get('/health')).headers.has('ratelimit')).toBe(false)
})
