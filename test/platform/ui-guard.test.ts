import { readdir, readFile, readlink } from 'node:fs/promises'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { choosePort, PortInUseError } from '../../src/platform/ports.js'
import { startTemporalServer, type TemporalServer } from '../../src/platform/temporal-server.js'
import { readTools } from '../../src/platform/tools.js'
import { startUiGuard } from '../../src/platform/ui-guard.js'
import { until } from '../support/until.js'

let server: TemporalServer
let connection: Connection
beforeAll(async () => {
  const options = { binary: readTools().temporalPath ?? 'temporal', port: 0, uiPort: 0, dbFile: null }
  server = await startTemporalServer({ ...options, log: () => undefined })
  connection = await Connection.connect({ address: server.address })
}, 60_000)
afterAll(async () => {
  await connection.close()
  await server.stop()
})

interface Answer {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
}

/** Sends what a browser sends, or anything else. @param headers pairs of names and values, as they are sent */
async function send(
  method: string,
  path: string,
  headers: readonly string[],
  body = '',
  port = Number(new URL(String(server.uiUrl)).port),
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (res) => {
      const { statusCode = 0, headers: received } = res
      text(res).then(
        (found) => resolve({ status: statusCode, body: found, cookies: received['set-cookie'] ?? [] }),
        reject,
      )
    })
    sent.on('error', reject).end(body)
  })
}

const own = () => new URL(String(server.uiUrl)).host

/** A workflow that nothing works on, and how to stop it through the UI. */
async function startWorkflow(workflowId: string) {
  const client = new Client({ connection })
  const handle = await client.workflow.start('idle', { workflowId, taskQueue: 'nobody', args: [] })
  const terminate = async (...headers: readonly string[]) => {
    const { cookies } = await send('GET', '/api/v1/settings', ['Host', own()])
    const cookie = cookies.map((one) => one.split(';')[0] ?? '').join('; ')
    const token = /_csrf=([^;]+)/.exec(cookie)?.[1] ?? ''
    const path = `/api/v1/namespaces/default/workflows/${workflowId}/terminate`
    const csrf = ['Cookie', cookie, 'X-CSRF-Token', token, 'Content-Type', 'application/json']
    return send('POST', path, [...headers, ...csrf, 'Content-Length', '2'], '{}')
  }
  return { terminate, status: async () => (await handle.describe()).status.name }
}

describe('the UI of Temporal', () => {
  test.each(['localhost', '127.0.0.1', '[::1]'])('opens as %s', async (name) => {
    const { port } = new URL(String(server.uiUrl))
    const page = await send('GET', '/namespaces/default/workflows', ['Host', `${name}:${port}`])
    expect(page.status).toBe(200)
    expect(page.body).toContain('<html')
  })

  test.each([
    ['another name', ['Host', 'rebound.example']],
    ['another name with a port', ['Host', 'localhost.rebound.example:8233']],
    ['no name', ['Host', '']],
  ])('shows nothing under %s', async (_case, headers) => {
    expect(await send('GET', '/api/v1/namespaces', headers)).toMatchObject({ status: 403, cookies: [] })
  })

  test('refuses several Host headers', async () => {
    const answer = await send('GET', '/', ['Host', own(), 'Host', 'rebound.example'])
    expect(answer.status).toBe(400)
  })

  test('stops no job for pages of other sites, and does for its own', async () => {
    const { terminate, status } = await startWorkflow('to-be-stopped')
    const origin = `http://${own()}`
    for (const headers of [
      ['Host', 'rebound.example'],
      ['Host', 'rebound.example', 'Origin', 'http://rebound.example'],
      ['Host', own(), 'Origin', 'https://other.example'],
      ['Host', own(), 'Origin', 'null'],
      ['Host', own(), 'Sec-Fetch-Site', 'cross-site'],
    ]) {
      expect((await terminate(...headers)).status, headers.join(' ')).toBe(403)
    }
    expect(await status()).toBe('RUNNING')
    // The UI has no connection to the server while both start: 503.
    await until(
      'the UI stops it',
      async () => (await terminate('Host', own(), 'Origin', origin)).status === 200,
    )
    expect(await status()).toBe('TERMINATED')
  })

  test('answers 502 while it is away', async () => {
    const choose = () => choosePort('PORT', { port: 0, isFixed: false }, '127.0.0.1')
    const [port, nobody] = [await choose(), await choose()]
    const guard = await startUiGuard({ host: '127.0.0.1', port }, { host: '127.0.0.1', port: nobody })
    onTestFinished(() => guard.close())
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(502)
    await expect(
      startUiGuard({ host: '127.0.0.1', port }, { host: '127.0.0.1', port: nobody }),
    ).rejects.toThrow(new PortInUseError(port))
  })
})

test.each([
  ['the name of another site', 'rebound.example', []],
  ['its own name, to a page of another site', '127.0.0.1', ['Origin', 'https://other.example']],
])('no port of Temporal that a page could find answers under %s', async (_case, name, others) => {
  const ports = await portsOf(server.pid)
  expect(ports).toContain(Number(server.address.split(':')[1]))
  const answers = await Promise.all(
    ports.map((port) =>
      send('GET', '/api/v1/namespaces', ['Host', `${name}:${port}`, ...others], '', port).then(
        ({ status, body }) => ({ status, body }),
        () => null,
      ),
    ),
  )
  expect(answers.filter((answer) => answer !== null && answer.status < 400)).toEqual([])
  // One of them is its HTTP API, which is there.
  expect(answers).toContainEqual({ status: 403, body: expect.stringContaining('not allowed') as string })
})

/** Ports on 127.0.0.1 on which a process listens. */
async function portsOf(pid: number): Promise<number[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  )
  const inodes = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
  const lines = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n').slice(1)
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const [address, port = ''] = local.split(':')
    return address === '0100007F' && state === '0A' && inodes.has(inode) ? [parseInt(port, 16)] : []
  })
}
