import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, expect, test } from 'vitest'
import { createApiClient, type JobWire } from '../e2e/support/api-client.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { filesBelow } from '../e2e/support/processes.js'
import { beginUpload, isUploading } from './support/half-upload.js'
import { statusOf, uploadHeavy } from './support/heavy.js'
import { keepHouseNow } from './support/housekeeping.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { createShiftedClock, type ShiftedClock } from './support/shifted-clock.js'

const HOUR_MS = 3_600_000

let platform: Platform
let clock: ShiftedClock
afterEach(async () => {
  await platform.destroy()
  await clock.discard()
})

test.each([
  ['ahead', HOUR_MS],
  ['back', -HOUR_MS],
])('work goes on and files in use stay when the clock jumps an hour %s', async (_, offsetMs) => {
  clock = await createShiftedClock()
  // The lowest possible value: an upload that looks an hour old counts as interrupted.
  platform = await startPlatform({ env: { ...clock.env, LOG_LEVEL: 'error', INCOMING_MAX_AGE_HOURS: '1' } })
  const client = createInsistentClient(platform.apiUrl)
  const heavy = await uploadHeavy(platform, client, 3)
  const upload = await beginUpload(platform, await readFile(join(platform.dataDir, 'heavy.mp4')))
  const job = await heavy.begin('jumped')
  const looks: JobWire[] = []
  const end = createApiClient(platform.apiUrl).followToEnd(job.jobId, (look) => looks.push(look))
  // A test that has failed before this does not wait for it.
  end.catch(() => undefined)
  await clock.shift(platform, offsetMs)
  expect(await statusOf(client, job.jobId)).toBe('processing')

  // A file as an upload has it between its last byte and its row.
  const stored = `uploads/${uuidv7()}.mp4`
  await writeFile(join(platform.mediaDir, stored), 'bytes')
  await keepHouseNow(platform)
  expect(await isUploading(platform)).toBe(true)
  expect(await filesBelow(platform.mediaDir)).toContain(stored)
  await rm(join(platform.mediaDir, stored))
  const uploaded = await upload.finish()
  expect(uploaded.status).toBe(202)

  expectSteady(looks, await end)
  const later = { video_id: heavy.videoId, qualities: ['240p'] }
  const laterId = field(await client.post('/quality', later, 'later'), 'job_id')
  await expectNothingLost(platform, [
    job,
    { jobId: field(uploaded, 'job_id'), what: 'upload', frames: null, mayBeCancelled: false },
    { ...job, jobId: laterId, what: 'later' },
  ])
})

/** Checks that nothing goes back, nothing is negative, and nothing was made twice. */
function expectSteady(looks: readonly JobWire[], end: JobWire): void {
  const progress = looks.map((look) => look.progress)
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
  expect(progress.every((percent) => percent >= 0 && percent <= 100)).toBe(true)
  expect(looks.filter(({ eta_seconds: eta }) => eta !== null && eta < 0)).toEqual([])
  expect(end).toMatchObject({ status: 'completed', progress: 100 })
  expect(end.renditions.map(({ attempt }) => attempt)).toEqual([1])
  expect(Date.parse(end.finished_at ?? '')).toBeGreaterThanOrEqual(Date.parse(end.started_at ?? ''))
}
