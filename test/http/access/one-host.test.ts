import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRaw, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

async function statusOf(hosts: readonly string[]): Promise<string> {
  const { socket, closed } = openRaw(server.port)
  const lines = hosts.map((host, index) => `${index === 1 ? 'hOST' : 'Host'}: ${host}\r\n`)
  socket.write(`GET /api/v1/videos HTTP/1.1\r\nConnection: close\r\n${lines.join('')}\r\n`)
  return (await closed).split(' ')[1] ?? ''
}

test('several Host headers are 400, whatever they say', async () => {
  expect(await statusOf(['localhost'])).toBe('200')
  expect(await statusOf(['localhost', 'localhost'])).toBe('400')
  expect(await statusOf(['localhost', 'evil.example'])).toBe('400')
})
