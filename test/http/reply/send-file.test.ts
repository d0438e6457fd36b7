import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../support.js'

const BYTES = '0123456789'
const ETAG = `"${'a'.repeat(64)}"`

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const openFailing = () =>
  Promise.resolve(
    new Readable({
      read() {
        this.push('01234')
        this.destroy(new Error('the disk is gone'))
      },
    }),
  )

test('a file is not opened for an answer without a body', async () => {
  const open = vi.fn(openFailing)
  await server.useCases.addFile('uploads/closed.mp4', BYTES, { open })
  const closed = `${server.url}/uploads/closed.mp4`
  const answers = await Promise.all([
    fetch(closed, { method: 'HEAD' }),
    fetch(closed, { headers: { 'If-None-Match': ETAG } }),
    fetch(closed, { headers: { 'If-Match': '"x"' } }),
    fetch(closed, { headers: { Range: 'bytes=10-' } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 304, 412, 416])
  expect(open).not.toHaveBeenCalled()
})

test('only the bytes that are sent are opened', async () => {
  const open = vi.fn(() => Promise.resolve(Readable.from([Buffer.from('345')])))
  await server.useCases.addFile('uploads/part.mp4', BYTES, { open })
  const answer = await fetch(`${server.url}/uploads/part.mp4`, { headers: { Range: 'bytes=3-5' } })
  expect(await answer.text()).toBe('345')
  expect(open).toHaveBeenCalledExactlyOnceWith({ start: 3, end: 5 })
})

test('a file that cannot be read to its end breaks the answer off', async () => {
  await server.useCases.addFile('uploads/broken.mp4', BYTES, { open: openFailing })
  const answer = fetch(`${server.url}/uploads/broken.mp4`).then((response) => response.text())
  await expect(answer).rejects.toThrow()
})

test('a file is closed when the client goes away', async () => {
  const source = new Readable({ read: () => undefined })
  source.push('01234')
  const closed = new Promise((resolve) => source.once('close', resolve))
  await server.useCases.addFile('uploads/endless.mp4', BYTES, { open: () => Promise.resolve(source) })
  const leaving = new AbortController()
  const response = await fetch(`${server.url}/uploads/endless.mp4`, { signal: leaving.signal })
  expect(response.status).toBe(200)
  leaving.abort()
  await closed
})
