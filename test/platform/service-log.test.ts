import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeTrouble, openServiceLogs } from '../../src/platform/service-log.js'
import { until } from '../support/until.js'

async function makeDataDir(): Promise<{ dir: string; file: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-logs-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await mkdir(join(dir, 'logs'))
  return { dir, file: join(dir, 'logs', 'api.log') }
}

test('lines of a service go into its file, but none after the end', async () => {
  const { dir, file } = await makeDataDir()
  const logs = await openServiceLogs(dir, () => {})
  const write = logs.lineOf('api')
  write('first')
  write('second')
  await logs.close()
  write('late')
  expect(await readFile(file, 'utf8')).toBe('first\nsecond\n')
})

test('a full disk loses only the lines for which it has no room', async () => {
  const { dir, file } = await makeDataDir()
  await symlink('/dev/full', file)
  const logs = await openServiceLogs(dir, () => {})
  const write = logs.lineOf('api')
  write('lost')
  await rm(file)
  await until('a line is kept', async () => {
    write('kept')
    return (await readFile(file, 'utf8').catch(() => '')).includes('kept')
  })
  await logs.close()
  expect(await readFile(file, 'utf8')).not.toContain('lost')
})

test('a platform that runs for a long time keeps the latest lines of each service, within bounds', async () => {
  const { dir, file } = await makeDataDir()
  const logs = await openServiceLogs(dir, () => {})
  const write = logs.lineOf('api')
  const mib = 1024 * 1024
  const text = '.'.repeat(8 * 1024)
  const last = (70 * mib) / text.length
  for (let number = 1; number <= last; number += 1) {
    write(`${number} ${text}`)
    if (number % 256 === 0) await new Promise(setImmediate)
  }
  await logs.close()
  const names = await readdir(join(dir, 'logs'))
  expect(names.sort()).toEqual(['api.log', 'api.log.1', 'api.log.2', 'api.log.3', 'api.log.4'])
  for (const name of names) {
    expect((await stat(join(dir, 'logs', name))).size).toBeLessThanOrEqual(10 * mib)
  }
  expect((await readFile(file, 'utf8')).endsWith(`\n${last} ${text}\n`)).toBe(true)
})

test('the terminal shows only lines about trouble', () => {
  expect(describeTrouble('postgres', '2026 UTC [1] ERROR:  duplicate key')).toBeNull()
  expect(describeTrouble('postgres', '2026 UTC [1] FATAL:  out of memory')).toContain('out of memory')
  expect(describeTrouble('temporal', 'level=WARN msg="poll"')).toBeNull()
  expect(describeTrouble('temporal', 'level=ERROR msg="disk \\"full\\"" x=1')).toBe('disk \\"full\\"')
  expect(describeTrouble('api', '{"level":30,"msg":"listening"}')).toBeNull()
  expect(describeTrouble('api', '{"level":50,"msg":"failed","err":{"message":"no disk"}}')).toBe(
    'error: failed: no disk',
  )
  expect(describeTrouble('worker', '{"level":40,"sdkComponent":"worker","msg":"no workflows"}')).toBeNull()
  expect(describeTrouble('worker', 'TypeError: x is not a function')).toContain('TypeError')
})
