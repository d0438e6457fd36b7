import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startServer } from '../../src/http/server.js'
import { httpConfig } from '../support/http-config.js'
import { openRaw, sendRaw, startTestServer } from './support.js'

const hello: RequestListener = (_req, res) => res.end('hello')

async function takePort(): Promise<{ port: number; free: () => void }> {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, free: () => other.close() }
}

test('port 0 takes any free port', async () => {
  const server = await startServer(hello, httpConfig())
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  expect(await (await fetch(server.url)).text()).toBe('hello')
  await server.close()
})

test('the URL can be opened when the server listens on all addresses', async () => {
  const server = await startServer(hello, httpConfig({ host: '0.0.0.0' }))
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  await server.close()
})

describe('a port that is taken', () => {
  test('is replaced when PORT was not set', async () => {
    const { port, free } = await takePort()
    const server = await startServer(hello, httpConfig({ port }))
    expect(server.port).not.toBe(port)
    await server.close()
    free()
  })

  test('is an error that names PORT when it was set', async () => {
    const { port, free } = await takePort()
    await expect(startServer(hello, httpConfig({ port, portIsFixed: true }))).rejects.toThrow(
      new RegExp(`Port ${port} .* is in use\\. Set PORT`),
    )
    free()
  })
})

test('a connection is kept between two requests for the configured time', async () => {
  const server = await startServer(hello, httpConfig({ keepAliveSec: 61 }))
  const { headers } = await fetch(server.url)
  expect(headers.get('connection')).toBe('keep-alive')
  expect(headers.get('keep-alive')).toBe('timeout=61')
  await server.close()
})

test('connections that wait for a request make room when the last free one is taken', async () => {
  const server = await startServer(hello, httpConfig({ maxConnections: 2 }))
  const idle = openRaw(server.port)
  idle.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(idle.received).toContain('hello')
  expect(await (await fetch(server.url)).text()).toBe('hello')
  expect(await idle.closed).toContain('hello')
  await server.close()
})

test('accepts the configured number of connections at once, and no more', async () => {
  const server = await startServer(hello, httpConfig({ maxConnections: 1 }))
  const first = openRaw(server.port)
  first.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(first.received).toContain('hello')
  const second = openRaw(server.port)
  second.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect(await second.closed).toBe('')
  first.socket.destroy()
  await server.close()
})

describe('closing', () => {
  test('lets a running request finish and accepts no new one', async () => {
    let finish = () => {}
    let started = () => {}
    const hasStarted = new Promise<void>((resolve) => (started = resolve))
    const server = await startServer((_req, res) => {
      finish = () => res.end('done')
      started()
    }, httpConfig())
    const running = fetch(server.url)
    await hasStarted
    const closed = server.close()
    await expect(fetch(server.url)).rejects.toThrow()
    finish()
    expect(await (await running).text()).toBe('done')
    await closed
  })

  test('closes idle connections that are kept alive', async () => {
    const server = await startServer(hello, httpConfig())
    const { socket, closed, received } = openRaw(server.port)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await expect.poll(received).toContain('hello')
    await server.close()
    await closed
  })

  test('cuts connections that do not end within the grace period', async () => {
    let started = () => {}
    const hasStarted = new Promise<void>((resolve) => (started = resolve))
    const server = await startServer(() => started(), httpConfig(), { graceMs: 20 })
    const hanging = fetch(server.url)
    const failed = expect(hanging).rejects.toThrow()
    await hasStarted
    await server.close()
    await failed
  })
})

test('headers that arrive a byte at a time are ended with 408, and others are answered meanwhile', async () => {
  const server = await startServer(hello, httpConfig(), { headersTimeoutMs: 300 })
  const slow = Array.from({ length: 50 }, () => openRaw(server.port))
  for (const { socket } of slow) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  const dripping = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write('a')
  }, 20)
  expect(await (await fetch(server.url)).text()).toBe('hello')
  const answers = await Promise.all(slow.map(({ closed }) => closed))
  clearInterval(dripping)
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request-timeout"/)
  }
  await server.close()
})

test('data that is not HTTP is answered with a problem, too', async () => {
  const server = await startTestServer()
  expect(await sendRaw(server.port, 'NONSENSE\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [^]*"code":"request-invalid"/,
  )
  const large = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`
  expect(await sendRaw(server.port, large)).toMatch(/^HTTP\/1\.1 431 /)
  await server.close()
})
