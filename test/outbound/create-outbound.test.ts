import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { interceptors, request } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AppError } from '../../src/errors.js'
import { parseNetwork } from '../../src/outbound/addresses.js'
import { createOutbound, readRetryAfter } from '../../src/outbound/create-outbound.js'
import { AddressRefusedError, createGuardedAgent, type LookupAll } from '../../src/outbound/guarded-agent.js'

const LOOPBACK = ['127.0.0.1/32']

async function serve(listener: RequestListener): Promise<{ server: Server; port: number; seen: string[] }> {
  const seen: string[] = []
  const server = createServer((req, res) => {
    seen.push(req.url ?? '')
    listener(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, port: (server.address() as AddressInfo).port, seen }
}

/** Stands in for a name server: answers with the next of these lists, and with the last from then on. */
function rebinding(...answers: readonly string[][]): LookupAll & { asked: number } {
  const lookup = Object.assign<LookupAll, { asked: number }>(
    (_hostname, _options, callback) => {
      const addresses = answers[Math.min(lookup.asked, answers.length - 1)] ?? []
      lookup.asked += 1
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    },
    { asked: 0 },
  )
  return lookup
}

function outboundOf(options: Parameters<typeof createOutbound>[0]) {
  const outbound = createOutbound(options)
  onTestFinished(() => outbound.close())
  return outbound
}

const message = () => ({ headers: { 'x-a': '1' }, body: '{}', signal: new AbortController().signal })

describe('a request to what a user names', () => {
  test('is answered with the status and what the receiver asks for', async () => {
    const { port } = await serve((_req, res) => res.writeHead(503, { 'Retry-After': '7' }).end('later'))
    const answer = await outboundOf({ allow: LOOPBACK }).post(`http://127.0.0.1:${port}/a`, message())
    expect(answer).toEqual({ kind: 'answered', status: 503, retryAfterSec: 7 })
  })

  test('does not reach a private address, by whatever name', async () => {
    const { port, seen } = await serve((_req, res) => res.end())
    const names = ['127.0.0.1', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', 'localhost', '[::1]', '0']
    const outbound = outboundOf({ allow: [] })
    for (const name of names) {
      const answer = await outbound.post(`http://${name}:${port}/`, message())
      expect([name, answer]).toEqual([name, { kind: 'failed', failure: 'address-refused' }])
    }
    expect(seen).toEqual([])
  })

  test('goes to the very address that was judged, although the name server changes its mind', async () => {
    const { port, seen } = await serve((_req, res) => res.end())
    // 127.0.0.2 is refused. Without pinning, the second answer would be what is connected to.
    const lookup = rebinding(['127.0.0.1'], ['127.0.0.2'])
    const outbound = outboundOf({ allow: LOOPBACK, lookup })
    const url = `http://rebound.example:${port}/`
    expect(await outbound.post(url, message())).toMatchObject({ kind: 'answered', status: 200 })
    expect([lookup.asked, seen.length]).toEqual([1, 1])
  })

  test('is refused when a name has become a private one', async () => {
    const { port, seen } = await serve((_req, res) => res.writeHead(200, { Connection: 'close' }).end())
    const lookup = rebinding(['127.0.0.1'], ['169.254.169.254', 'fd00:ec2::254'])
    const outbound = outboundOf({ allow: LOOPBACK, lookup })
    const url = `http://rebound.example:${port}/`
    await outbound.post(url, message())
    expect(await outbound.post(url, message())).toEqual({ kind: 'failed', failure: 'address-refused' })
    expect([lookup.asked, seen.length]).toEqual([2, 1])
  })

  test('goes to the allowed ones among the addresses of a name', async () => {
    const { port } = await serve((_req, res) => res.end())
    const outbound = outboundOf({ allow: LOOPBACK, lookup: rebinding(['10.0.0.1', '127.0.0.1']) })
    const answer = await outbound.post(`http://both.example:${port}/`, message())
    expect(answer).toMatchObject({ kind: 'answered', status: 200 })
  })

  test('follows no redirect', async () => {
    const { port, seen } = await serve((_req, res) => res.writeHead(307, { Location: '/next' }).end())
    const answer = await outboundOf({ allow: LOOPBACK }).post(`http://127.0.0.1:${port}/first`, message())
    expect(answer).toMatchObject({ status: 307 })
    expect(seen).toEqual(['/first'])
  })

  test('ends in time when no answer comes', async () => {
    const { port } = await serve(() => undefined)
    const outbound = outboundOf({ allow: LOOPBACK, timeoutMs: 100 })
    const answer = await outbound.post(`http://127.0.0.1:${port}/`, message())
    expect(answer).toEqual({ kind: 'failed', failure: 'timed-out' })
  })

  test('does not read an answer without end', async () => {
    const { port } = await serve((_req, res) => {
      const write = () => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536)));
      }
      res.on('drain', write)
      write()
    })
    const answer = await outboundOf({ allow: LOOPBACK }).post(`http://127.0.0.1:${port}/`, message())
    expect(answer).toMatchObject({ kind: 'answered', status: 200 })
  })

  test('tells why there is no answer', async () => {
    const { server, port } = await serve(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    const outbound = outboundOf({ allow: LOOPBACK })
    const closed = await outbound.post(`http://127.0.0.1:${port}/`, message())
    expect(closed).toEqual({ kind: 'failed', failure: 'connection-failed' })
    const unknown = await outbound.post('http://no-such-name.invalid/', message())
    expect(unknown).toEqual({ kind: 'failed', failure: 'name-not-resolved' })
  })

  test('throws when it is aborted', async () => {
    const { port } = await serve(() => undefined)
    const stop = new AbortController()
    const sent = outboundOf({ allow: LOOPBACK }).post(`http://127.0.0.1:${port}/`, {
      ...message(),
      signal: stop.signal,
    })
    stop.abort(new Error('stopped'))
    await expect(sent).rejects.toThrow('stopped')
  })

  test('ignores the proxies of the environment', async () => {
    const proxy = await serve((_req, res) => res.end())
    const receiver = await serve((_req, res) => res.end())
    process.env['http_proxy'] = `http://127.0.0.1:${proxy.port}`
    onTestFinished(() => {
      delete process.env['http_proxy']
    })
    await outboundOf({ allow: LOOPBACK }).post(`http://127.0.0.1:${receiver.port}/`, message())
    expect([proxy.seen.length, receiver.seen.length]).toEqual([0, 1])
  })
})

test('who follows redirects has each of them judged', async () => {
  const { port, seen } = await serve((req, res) => {
    const next = req.url === '/a' ? '/b' : `http://127.0.0.2:${port}/c`
    res.writeHead(302, { Location: next }).end()
  })
  const agent = createGuardedAgent(LOOPBACK.map(parseNetwork))
  onTestFinished(() => agent.destroy())
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: 5 }))
  await expect(request(`http://127.0.0.1:${port}/a`, { dispatcher })).rejects.toThrow(AddressRefusedError)
  expect(seen).toEqual(['/a', '/b'])
})

describe('a URL', () => {
  const check = (url: string) => () => outboundOf({ allow: ['10.0.0.0/8'] }).check(url)

  test.each([
    ...['ftp://example.org/', 'file:///etc/passwd', 'javascript:1', 'example.org', '//example.org', ''],
    ...['https://user@example.org/', 'https://user:pw@example.org/', 'https://:pw@example.org/'],
    ...['http://127.0.0.1/', 'http://[::1]/', 'http://2130706433/', 'http://169.254.169.254/latest'],
  ])('is refused at once: %s', (url) => {
    expect(check(url)).toThrow(AppError)
  })

  test.each([
    'https://example.org/hook?a=1',
    'http://example.org:8080',
    'https://8.8.8.8/',
    'http://10.0.0.1/',
  ])('is accepted: %s', (url) => {
    expect(check(url)).not.toThrow()
  })
})

test('what a receiver asks for is read as seconds or as a date', () => {
  const now = Date.parse('2026-11-30T12:00:00Z')
  const read = (value: string | undefined) => readRetryAfter(value, now)
  expect(read('120')).toBe(120)
  expect(read('Mon, 30 Nov 2026 12:01:00 GMT')).toBe(60)
  expect(read('Mon, 30 Nov 2026 11:00:00 GMT')).toBe(0)
  expect([read('soon'), read(undefined), read('-5x')]).toEqual([null, null, null])
})
