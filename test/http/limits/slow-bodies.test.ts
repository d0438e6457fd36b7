import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchBody } from '../../../src/http/limits/slow-bodies.js'
import { startServer } from '../../../src/http/server.js'
import { httpConfig } from '../../support/http-config.js'
import { manualWindows } from '../manual-windows.js'
import { BOUNDARY, multipart, openRaw, startTestServer, type TestServer } from '../support.js'

const MIN_BYTES = 64 * 1024
const MIB = 1024 * 1024

describe('a body that arrives too slowly', () => {
  let windows: ReturnType<typeof manualWindows>
  let server: TestServer
  /** The number of windows that the server itself keeps, for slow readers. */
  let idle = 0
  beforeEach(async () => {
    windows = manualWindows()
    server = await startTestServer(undefined, undefined, { eachWindow: windows.eachWindow })
    idle = windows.count()
  })
  afterEach(() => server.close())

  const post = (path: string, ...fields: string[]) =>
    [`POST ${path} HTTP/1.1`, 'Host: localhost', ...fields, '', ''].join('\r\n')
  const upload = (length: number) =>
    post(
      '/api/v1/upload',
      `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
      `Content-Length: ${length}`,
    )

  test('is ended with 408, and leaves nothing behind', async () => {
    const body = multipart([{ name: 'file', filename: 'a.mp4', content: Buffer.alloc(MIN_BYTES) }])
    const { socket, closed } = openRaw(server.port)
    socket.write(upload(body.length))
    socket.write(body.subarray(0, 500))
    await vi.waitFor(async () => expect(await server.useCases.leftovers()).not.toEqual([]))
    windows.end()
    const answer = await closed
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request-timeout"/)
    expect(answer).toMatch(/Connection: close/i)
    await vi.waitFor(async () => expect(await server.useCases.leftovers()).toEqual([]))
    expect(windows.count()).toBe(idle)
  })

  test('is cut even if no route reads it', async () => {
    const { socket, closed, received } = openRaw(server.port)
    socket.write('GET /api/v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n1')
    await vi.waitFor(() => expect(received()).toContain('200 OK'))
    windows.end()
    await closed
    expect(windows.count()).toBe(idle)
  })

  test('is no longer watched once it has arrived whole', async () => {
    const body = multipart([{ name: 'file', filename: 'a.mp4', content: 'a video' }])
    const { socket, received } = openRaw(server.port)
    socket.write(upload(body.length))
    socket.write(body)
    await vi.waitFor(() => expect(received()).toContain('202 Accepted'))
    expect(windows.count()).toBe(idle)
    windows.end()
    socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await vi.waitFor(() => expect(received()).toContain('200 OK'))
    socket.destroy()
  })

  test('requests without a body are not watched', async () => {
    const { socket, received } = openRaw(server.port)
    const { job } = server.useCases.addJob({ status: 'processing' })
    socket.write(`GET /api/v1/jobs/${job.id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    await vi.waitFor(() => expect(received()).toContain('event: progress'))
    expect(windows.count()).toBe(idle)
    socket.destroy()
  })
})

test('a slow but steady body is not cut, and neither is one that waits for the server', async () => {
  const windows = manualWindows()
  let cameBytes = 0
  let isSlow = false
  let pause = () => {}
  let waitingBytes = () => 0
  const server = await startServer(
    (req) => {
      watchBody(req, windows.eachWindow, () => (isSlow = true))
      req.on('data', (chunk: Buffer) => (cameBytes += chunk.length))
      pause = () => req.pause()
      waitingBytes = () => req.readableLength
    },
    httpConfig(),
    { graceMs: 20 },
  )
  const { socket } = openRaw(server.port)
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${100 * MIB}\r\n\r\n`)
  for (let round = 1; round <= 5; round += 1) {
    // The first bytes may arrive with the headers, before the first window.
    socket.write(Buffer.alloc(3 * MIN_BYTES))
    await vi.waitFor(() => expect(cameBytes).toBe(round * 3 * MIN_BYTES))
    windows.end()
    expect(isSlow).toBe(false)
  }
  pause()
  socket.write(Buffer.alloc(20 * MIB))
  // Soon all buffers are full, including the client's, and nothing moves.
  await vi.waitFor(() => expect(waitingBytes()).toBeGreaterThan(0))
  for (let round = 0; round < 5; round += 1) windows.end()
  expect(isSlow).toBe(false)
  socket.destroy()
  await server.close()
})
