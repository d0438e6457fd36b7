import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { isAlive } from '../../src/platform/child-process.js'
import { type Postgres, startPostgres } from '../../src/platform/embedded-postgres.js'
import { PortInUseError } from '../../src/platform/ports.js'
import { killParent, startParent, tempDir, untilGone } from './support.js'

const isRoot = process.getuid?.() === 0

async function start(dataDir: string, port = 0): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, port, log: () => undefined })
  onTestFinished(() => postgres.stop())
  return postgres
}

let template = ''

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'cutroom-template-'))
  const postgres = await startPostgres({ dataDir: template, port: 0, log: () => undefined })
  await postgres.stop()
})

afterAll(() => rm(template, { recursive: true, force: true }))

/** A folder with a cluster; it is copied because initdb takes longer. */
async function usedDir(): Promise<string> {
  const dir = join(await tempDir(), 'postgres')
  await promisify(execFile)('cp', ['-a', template, dir])
  return dir
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

describe('embedded PostgreSQL', () => {
  test('starts on an empty folder that only our user may enter, and keeps its data', async () => {
    const dataDir = join(await tempDir(), 'below', 'postgres')
    const first = await start(dataDir)
    expect(new URL(first.url).hostname).toBe('127.0.0.1')
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)
    const second = await start(dataDir)
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([7])
  })

  test('loses nothing in a power cut, and refuses clients without the password', async () => {
    const dataDir = await usedDir()
    const { url } = await start(dataDir)
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await query(url, `SHOW ${setting}`)).toEqual(['on'])
    }
    expect(await query(url, 'SHOW listen_addresses')).toEqual(['127.0.0.1'])
    const password = join(dataDir, 'password')
    expect((await stat(password)).mode & 0o777).toBe(0o600)
    expect(url).toContain(await readFile(password, 'utf8'))
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  })

  test('starts when a crash has left files behind', async () => {
    const dataDir = await usedDir()
    const first = await start(dataDir)
    await query(first.url, 'CREATE TABLE kept AS SELECT generate_series(1, 2)')
    process.kill(first.pid, 'SIGKILL')
    await first.exited
    const second = await start(dataDir)
    expect(await query(second.url, 'SELECT count(*)::int FROM kept')).toEqual([2])
  })

  test('stops a server that was left running on the folder', async () => {
    const dataDir = await usedDir()
    const left = await start(dataDir)
    const second = await start(dataDir)
    expect((await left.exited).code).toBe(0)
    expect(await query(second.url, 'SELECT 1')).toEqual([1])
  })

  test('does not stop another program whose process id is in a stale pid file', async () => {
    const dataDir = await usedDir()
    const first = await start(dataDir)
    await first.stop()
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid')
    await writeFile(pidFile, `${process.ppid}\n${join(dataDir, 'cluster')}\n`)
    const second = await start(dataDir)
    expect(await query(second.url, 'SELECT 1')).toEqual([1])
  })

  test('dies with a parent that is killed', async () => {
    const dataDir = await usedDir()
    const parent = await startParent(`
      import { startPostgres } from './dist/src/platform/embedded-postgres.js'
      const options = { dataDir: ${JSON.stringify(dataDir)}, port: 0, log: () => {} }
      const { pid, url, exited } = await startPostgres(options)
      console.log(JSON.stringify({ pid, url }))
      await exited
    `)
    await killParent(parent)
    await untilGone(Number(parent.said['pid']))
    await expect(query(String(parent.said['url']), 'SELECT 1')).rejects.toThrow()
  })

  test('reports that its port is in use', async () => {
    const [one, two] = [await usedDir(), await usedDir()]
    const port = Number(new URL((await start(one)).url).port)
    await expect(start(two, port)).rejects.toThrow(new PortInUseError(port))
  })

  test.runIf(isRoot)('runs as a system user where there are no user namespaces', async () => {
    const [dataDir, bin] = [await usedDir(), await tempDir()]
    await writeFile(join(bin, 'unshare'), '#!/bin/sh\nexit 1\n')
    await chmod(join(bin, 'unshare'), 0o755)
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH'] ?? ''}`)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { url } = await start(dataDir)
    expect(await query(url, 'SELECT 1')).toEqual([1])
    expect((await stat(join(dataDir, 'cluster'))).uid).not.toBe(0)
    vi.unstubAllEnvs()
    const again = await start(dataDir)
    expect(await query(again.url, 'SELECT 1')).toEqual([1])
  })
})
