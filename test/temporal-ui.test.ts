import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { choosePort } from '../src/platform/ports.js'

const HOST = '127.0.0.1'
const ENTRY = 'dist/src/temporal-ui.js'

function start(env: Record<string, string>) {
  const child = fork(ENTRY, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** @param host the header */
async function statusUnder(host: string, port: number): Promise<number> {
  const sent = request({ host: HOST, port, headers: { host } }).end()
  const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume: () => void }]
  response.resume()
  return response.statusCode ?? 0
}

test('the guard of a Temporal UI that runs elsewhere lets through who names this machine, and ends on SIGTERM', async () => {
  // Stands in for the UI of another container, which answers under any name.
  const ui = createServer((_req, res) => res.end('the UI')).listen(0, HOST)
  onTestFinished(() => void ui.close())
  await once(ui, 'listening')
  const port = await choosePort('PORT', { port: 0, isFixed: false }, HOST)
  const uiPort = (ui.address() as AddressInfo).port
  const guard = start({ PORT: String(port), UI_HOST: HOST, UI_PORT: String(uiPort) })
  await once(guard, 'message')
  expect(await statusUnder(`localhost:${port}`, port)).toBe(200)
  expect(await statusUnder(`rebound.example:${port}`, port)).toBe(403)
  guard.kill('SIGTERM')
  expect(await once(guard, 'exit')).toEqual([0, null])
})

test('it says which setting is missing', async () => {
  const guard = start({ PORT: '1', UI_HOST: HOST })
  let said = ''
  guard.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  expect((await once(guard, 'close'))[0]).toBe(1)
  expect(said).toContain('"UI_PORT" is required')
})
