import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { filesBelow } from '../e2e/support/processes.js'
import { jobReaches, uploadHeavy } from './support/heavy.js'
import { createInsistentClient } from './support/insistent-client.js'
import type { Promised } from './support/load.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { readRows } from './support/rows.js'

let platform: Platform
let promised: readonly Promised[]
let cancelled: Promised

/** What every test below is given: one film that is complete, and one whose job was cancelled. */
beforeAll(async () => {
  platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
  const client = createInsistentClient(platform.apiUrl)
  const heavy = await uploadHeavy(platform, client, 2)
  const film = await heavy.begin('film')
  await jobReaches(client, film.jobId, 'completed')
  cancelled = { ...(await heavy.begin('cancelled')), mayBeCancelled: true }
  await client.post(`/jobs/${cancelled.jobId}/cancel`, undefined, 'cancel')
  await jobReaches(client, cancelled.jobId, 'cancelled')
  promised = [film, cancelled]
})
afterAll(() => platform.destroy())

/** A copy of an upload under a key that no row names. */
async function putStray(key: string): Promise<string> {
  const { uploads } = await readRows(platform)
  const path = join(platform.mediaDir, key)
  await mkdir(dirname(path), { recursive: true })
  await copyFile(join(platform.mediaDir, uploads[0] ?? ''), path)
  return path
}

describe('the check that nothing was lost', () => {
  test('passes when all is in order', async () => {
    expect(await expectNothingLost(platform, promised)).toMatchObject({
      completed: 2,
      cancelled: 1,
      films: 1,
    })
  })

  test('finds a job that was accepted and is unknown', async () => {
    const unknown = { ...cancelled, jobId: '00000000-0000-4000-8000-000000000000' }
    await expectFault([...promised, unknown], 'was accepted and is unknown')
  })

  test('finds a film that lacks frames', async () => {
    await expectFault(
      promised.map((one) => ({ ...one, frames: 51 })),
      'has 50 frames instead of 51',
    )
  })

  test('finds a cancellation that nobody asked for', async () => {
    await expectFault(
      promised.map((one) => ({ ...one, mayBeCancelled: false })),
      `${cancelled.jobId} is cancelled`,
    )
  })

  test('finds a file that belongs to nothing', async () => {
    const stray = await putStray(`parts/${cancelled.jobId}/part.mp4`)
    await expectFault(promised, 'part.mp4 belongs to nothing').finally(() => rm(stray))
  })

  test('leaves late outputs to housekeeping, for as many jobs as the fault explains', async () => {
    const key = `processed/${cancelled.jobId}/720p.mp4`
    await putStray(key)
    await expectFault(promised, 'outputs that no row knew, jobs: 1')
    expect(await filesBelow(platform.mediaDir)).not.toContain(key)
    await putStray(key)
    const outcome = await expectNothingLost(platform, promised, { lateJobs: 1 })
    expect(outcome.lateJobs).toBe(1)
    expect(await filesBelow(platform.mediaDir)).not.toContain(key)
  })
})

/** Expects exactly this fault and no other. */
async function expectFault(promised: readonly Promised[], fault: string): Promise<void> {
  const found: unknown = await expectNothingLost(platform, promised).catch((error: unknown) => error)
  expect(found).toMatchObject({ actual: [expect.stringContaining(fault)] })
}
