import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  expectProblem,
  MAX_UPLOAD_BYTES,
  multipart,
  openRaw,
  postForm,
  startTestServer,
  type TestServer,
} from '../support.js'
import { clip, head, MULTIPART } from '../uploads.js'

let server: TestServer
let url: string
beforeAll(async () => {
  server = await startTestServer()
  url = `${server.url}/api/v1/upload`
})
afterAll(() => server.close())

const nothingLeft = () => vi.waitFor(async () => expect(await server.useCases.leftovers()).toEqual([]))

describe('a file over the limit', () => {
  test('is refused by its declared length before any of it is read', async () => {
    const length = 501 * 1024 * 1024
    const { socket, closed } = openRaw(server.port)
    socket.write(head([MULTIPART, `Content-Length: ${length}`]))
    const answer = await closed
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch(/Connection: close/i)
    expect(answer).toContain('"code":"upload-too-large"')
  })

  test('is reported to a client that continues to send', async () => {
    const { socket, closed, received } = openRaw(server.port)
    socket.write(head([MULTIPART, `Content-Length: ${501 * 1024 * 1024}`]))
    const block = Buffer.alloc(64 * 1024)
    const send = () => {
      while (!socket.destroyed && socket.write(block)) if (received().includes('upload-too-large')) return
    }
    socket.on('drain', send)
    send()
    expect(await closed).toContain('"code":"upload-too-large"')
  })

  test('is refused when a client sends Expect: 100-continue', async () => {
    const { socket, closed } = openRaw(server.port)
    socket.write(head([MULTIPART, `Content-Length: ${501 * 1024 * 1024}`, 'Expect: 100-continue']))
    const answer = await closed
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).not.toContain('100 Continue')
  })

  test('is refused while it streams without a length', async () => {
    const { socket, closed } = openRaw(server.port)
    const body = multipart([clip(randomBytes(MAX_UPLOAD_BYTES + 1))])
    socket.write(head([MULTIPART, 'Transfer-Encoding: chunked']))
    socket.write(`${body.length.toString(16)}\r\n`)
    socket.write(body)
    // The chunk and the body do not end, and the answer must not wait for that.
    const answer = await closed
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('"code":"upload-too-large"')
    await nothingLeft()
  })

  test('is refused for one byte too many', async () => {
    await expectProblem(
      await postForm(url, [clip(randomBytes(MAX_UPLOAD_BYTES + 1))]),
      413,
      'upload-too-large',
    )
    await nothingLeft()
  })

  test('is refused even in a part that is discarded', async () => {
    const { socket, closed } = openRaw(server.port)
    const body = multipart([{ ...clip(randomBytes(MAX_UPLOAD_BYTES + 80_000)), name: 'other' }])
    socket.write(head([MULTIPART, 'Transfer-Encoding: chunked']))
    socket.write(`${body.length.toString(16)}\r\n`)
    socket.write(body)
    expect(await closed).toContain('"code":"upload-too-large"')
    await nothingLeft()
  })
})

test('a small upload with Expect: 100-continue is accepted', async () => {
  const body = multipart([clip()])
  const { socket, closed, received } = openRaw(server.port)
  const fields = [MULTIPART, `Content-Length: ${body.length}`, 'Expect: 100-continue', 'Connection: close']
  socket.write(head(fields))
  await vi.waitFor(() => expect(received()).toContain('100 Continue'))
  socket.write(body)
  expect(await closed).toContain('202 Accepted')
})

describe('an upload that is interrupted', () => {
  test('leaves nothing behind and is not an error', async () => {
    const count = server.useCases.uploads.length
    const body = multipart([clip(randomBytes(100_000))])
    for (let round = 0; round < 20; round += 1) {
      const { socket } = openRaw(server.port)
      await once(socket, 'connect')
      socket.write(head([MULTIPART, `Content-Length: ${body.length}`]))
      socket.write(body.subarray(0, round * 3_000))
      if (round % 2 === 0)
        await vi.waitFor(async () => expect(await server.useCases.leftovers()).not.toEqual([]))
      socket.destroy()
      await nothingLeft()
    }
    expect(server.useCases.uploads).toHaveLength(count)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    const errors = server.log.filter(({ level }) => Number(level) >= 50)
    expect(errors).toEqual([])
  })
})
