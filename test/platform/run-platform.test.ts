import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { createPlatform, type Platform } from '../../src/platform/run-platform.js'
import { readTools } from '../../src/platform/tools.js'
import { until } from '../support/until.js'
import { tempDir, untilGone } from './support.js'

/** Stands in for the API: answers with its process id and the environment that it was given. */
const API = `
  import { createServer } from 'node:http'
  const { DATABASE_URL, TEMPORAL_ADDRESS, PORT } = process.env
  const server = createServer((_, answer) =>
    answer.end(JSON.stringify({ pid: process.pid, DATABASE_URL, TEMPORAL_ADDRESS })))
  server.listen(Number(PORT), '127.0.0.1', () =>
    process.send({ type: 'ready', url: 'http://127.0.0.1:' + server.address().port }))
  process.on('SIGTERM', () => process.exit(0))
`
const WORKER = `
  process.send({ type: 'ready' })
  setInterval(() => {}, 1000)
  console.log(JSON.stringify({ level: 40, msg: 'worker ' + process.pid }))
  process.on('SIGTERM', () => process.exit(0))
`
const BROKEN = `console.log('no such table'); process.exit(3)`

async function prepare(scripts: { api?: string; worker?: string } = {}) {
  const dir = await tempDir()
  const dataDir = join(dir, 'data')
  const [apiScript, workerScript] = [join(dir, 'api.mjs'), join(dir, 'worker.mjs')]
  await writeFile(apiScript, scripts.api ?? API)
  await writeFile(workerScript, scripts.worker ?? WORKER)
  const printed: string[] = []
  const open = async (env: Record<string, string> = {}): Promise<Platform> => {
    const ports = { PORT: '0', POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' }
    const platform = await createPlatform({
      config: loadConfig({ DATA_DIR: dataDir, ...ports, ...env }),
      temporalBinary: readTools().temporalPath ?? 'temporal',
      apiScript,
      workerScript,
      print: (line) => printed.push(line),
    })
    onTestFinished(() => platform.stop())
    return platform
  }
  return { dataDir, open, printed }
}

async function askApi(url: string): Promise<{ pid: number; DATABASE_URL: string; TEMPORAL_ADDRESS: string }> {
  return (await (await fetch(url)).json()) as { pid: number; DATABASE_URL: string; TEMPORAL_ADDRESS: string }
}

const workerPids = (printed: readonly string[]) =>
  printed.flatMap((line) => /warning: worker (\d+)/.exec(line)?.[1] ?? []).map(Number)

test('the platform starts, restarts a part that dies, stops without leaving anything, and starts again', async () => {
  const { dataDir, open, printed } = await prepare()
  const platform = await open()
  const info = await platform.start()
  const api = await askApi(info.apiUrl)
  expect(api).toMatchObject({ DATABASE_URL: info.databaseUrl, TEMPORAL_ADDRESS: info.temporalAddress })
  await expect(open()).rejects.toThrow('is already running')

  await until('the worker has spoken', () => workerPids(printed).length === 1)
  process.kill(workerPids(printed)[0] ?? 0, 'SIGKILL')
  process.kill(api.pid, 'SIGKILL')
  await until('both run again', () =>
    ['api', 'worker'].every((name) => printed.includes(`${name} is running again`)),
  )
  // It has the same address as before, which the clients know.
  const restarted = await askApi(info.apiUrl)
  expect(restarted.pid).not.toBe(api.pid)

  await platform.stop()
  await untilGone(restarted.pid, ...workerPids(printed))
  expect(await readdir(dataDir)).toEqual(['logs', 'postgres', 'temporal'])
  expect(await readFile(join(dataDir, 'logs', 'postgres.log'), 'utf8')).toContain('ready to accept')

  const again = await open({ NO_WORKER: '1' })
  const second = await again.start()
  expect((await askApi(second.apiUrl)).DATABASE_URL).toContain(new URL(info.databaseUrl).password)
  expect(workerPids(printed)).toHaveLength(2)
})

test('servers that the user names are used and not started', async () => {
  const { dataDir, open } = await prepare()
  const env = { DATABASE_URL: 'postgres://me@db:5432/mine', TEMPORAL_ADDRESS: 'temporal:7233' }
  const platform = await open(env)
  const info = await platform.start()
  expect(await askApi(info.apiUrl)).toMatchObject(env)
  expect(info.temporalUiUrl).toBeNull()
  expect((await readdir(dataDir)).toSorted()).toEqual(['logs', 'platform.json', 'platform.lock'])
})

test('a part that does not start makes the start fail with its last lines, and leaves nothing running', async () => {
  const { dataDir, open } = await prepare({ api: BROKEN })
  const platform = await open({
    DATABASE_URL: 'postgres://me@db:5432/mine',
    TEMPORAL_ADDRESS: 'temporal:7233',
  })
  await expect(platform.start()).rejects.toThrow(
    /The API did not start: it ended with exit code 3\nno such table/,
  )
  await platform.stop()
  expect(await readdir(dataDir)).toEqual(['logs'])
})
