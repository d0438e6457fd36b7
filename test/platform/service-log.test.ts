import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
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

test('lines of a service go into its file, and none after the end', async () => {
  const { dir, file } = await makeDataDir()
  const logs = await openServiceLogs(dir, () => {})
  const write = logs.lineOf('api')
  write('first')
  write('second')
  await logs.close()
  write('late')
  expect(await readFile(file, 'utf8')).toBe('first\nsecond\n')
})

test('a full disk loses the lines that do not fit, and no later ones', async () => {
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

test('the terminal shows lines about trouble and nothing else', () => {
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
