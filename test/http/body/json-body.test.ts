import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectProblem, openRaw, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('a JSON body', () => {
  const post = (body: string | Uint8Array, headers: Record<string, string>) =>
    fetch(`${server.url}/api/v1/quality`, { method: 'POST', body, headers })
  const json = { 'Content-Type': 'application/json' }

  const cases: [string, string | Uint8Array, Record<string, string>, number, string][] = [
    ['not valid JSON', '{"a":', json, 400, 'request-invalid'],
    ['not in UTF-8', new Uint8Array([0x22, 0xff, 0x22]), json, 400, 'request-invalid'],
    [
      'of another type',
      'a=1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-content-type',
    ],
    [
      'of another charset',
      '{}',
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'unsupported-content-type',
    ],
    ['compressed', '{}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'unsupported-content-type'],
    ['larger than 1 MB', `"${'x'.repeat(1024 * 1024)}"`, json, 413, 'body-too-large'],
    ['an array', '[]', json, 400, 'request-invalid'],
    ['null', 'null', json, 400, 'request-invalid'],
    ['a string', '"x"', json, 400, 'request-invalid'],
  ]
  test.each(cases)('that is %s is refused', async (_name, body, headers, status, code) => {
    await expectProblem(await post(body, headers), status, code)
  })

  test('is required', async () => {
    const response = await fetch(`${server.url}/api/v1/quality`, { method: 'POST' })
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors).toEqual([{ pointer: '', message: 'is required' }])
  })

  test('is read when it is declared as UTF-8', async () => {
    const headers = { 'Content-Type': 'Application/JSON; charset="UTF-8"' }
    const { errors } = await expectProblem(await post('{}', headers), 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toBe('/video_id')
  })

  test('of more than 1 MiB without a length is refused while it streams', async () => {
    const { socket, closed } = openRaw(server.port)
    const head =
      'POST /api/v1/trim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const size = 1024 * 1024 + 10
    socket.write(`${head}${size.toString(16)}\r\n`)
    socket.write(Buffer.alloc(size, ' '))
    expect(await closed).toMatch(/^HTTP\/1\.1 413 [^]*"code":"body-too-large"/)
  })

  test('whose client goes away is not an error', async () => {
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
