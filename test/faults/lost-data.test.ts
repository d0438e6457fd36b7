import { readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Connection, type ScheduleSummary } from '@temporalio/client'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { WORKFLOW_TYPES } from '../../src/temporal/names.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { filesBelow } from '../e2e/support/processes.js'
import { until } from '../support/until.js'
import { uploadHeavy } from './support/heavy.js'
import { keepHouseNow } from './support/housekeeping.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { inDatabase } from './support/rows.js'
import { findService, signal } from './support/services.js'

let platform: Platform
afterEach(() => platform.destroy())

async function listSchedules(): Promise<string[]> {
  const connection = await Connection.connect({ address: platform.services.temporalAddress })
  try {
    const found: ScheduleSummary[] = []
    for await (const one of new Client({ connection }).schedule.list()) found.push(one)
    return found.map(({ scheduleId }) => scheduleId).sort()
  } finally {
    await connection.close()
  }
}

test('when Temporal loses its data, jobs end or begin again, and the next ones run', async () => {
  platform = await startPlatform({ env: { LOG_LEVEL: 'error', MEDIA_SLOTS: '1' } })
  const client = createInsistentClient(platform.apiUrl)
  const heavy = await uploadHeavy(platform, client, 12)
  const running = await heavy.begin('running')
  const pid = await findService(platform, 'temporal')
  if (pid === null) throw new Error('there is no Temporal')
  // It must not write to its files while they are removed, nor be started again before they are gone.
  signal(pid, 'SIGSTOP')
  const folder = join(platform.dataDir, 'temporal')
  for (const file of await readdir(folder)) await rm(join(folder, file))
  signal(pid, 'SIGKILL')
  const schedules = [WORKFLOW_TYPES.sweep, WORKFLOW_TYPES.housekeeping].toSorted()
  await until(
    'the schedules are there again',
    async () => (await listSchedules().catch(() => [])).join() === schedules.join(),
    150_000,
  )
  const lost = await expectNothingLost(platform, [running], { codes: ['job-lost'] })
  expect(lost.failed).toBe(1)
  expect((await client.post(`/jobs/${running.jobId}/retry`, {}, 'retry')).status).toBe(202)
  expect(await expectNothingLost(platform, [running])).toMatchObject({ failed: 0 })
})

test('an API that dies between the file and the row of an asset leaves the name free, and no file', async () => {
  platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
  const stored = () => filesBelow(join(platform.mediaDir, 'asset-files'))
  const send = async () => {
    const form = new FormData()
    form.set('file', new Blob(['1\n00:00:01,000 --> 00:00:02,000\nHello\n']), 'film.srt')
    return fetch(new URL('/api/v1/assets', platform.apiUrl), { method: 'POST', body: form })
  }
  const blocker = new pg.Client({ connectionString: platform.services.databaseUrl })
  await blocker.connect()
  await blocker.query('BEGIN; LOCK TABLE assets IN EXCLUSIVE MODE')
  const cut = send().catch(() => null)
  await until('the file is stored', async () => (await stored()).length > 0)
  const api = await findService(platform, 'api')
  if (api === null) throw new Error('there is no API')
  signal(api, 'SIGKILL')
  expect(await cut).toBeNull()
  // The insertion that waits for the table dies, too.
  await blocker.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'INSERT INTO "assets"'`,
  )
  await blocker.end()
  await until(
    'the API is back',
    () =>
      fetch(new URL('/livez', platform.apiUrl)).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  )

  expect((await send()).status).toBe(201)
  expect(await stored()).toHaveLength(2)
  for (const file of await stored()) await utimes(join(platform.mediaDir, 'asset-files', file), 0, 0)
  await keepHouseNow(platform)
  const files = await inDatabase(platform, async (db) => {
    const { rows } = await db.query<{ file_path: string }>('SELECT file_path FROM assets')
    return rows.map(({ file_path: path }) => path.replace('asset-files/', ''))
  })
  expect(files).toHaveLength(1)
  expect(await stored()).toEqual(files)
  expect(
    field(
      {
        status: 200,
        body: await fetch(new URL('/api/v1/assets/film.srt', platform.apiUrl)).then((r) => r.json()),
      },
      'name',
    ),
  ).toBe('film.srt')
})
