import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { allLogs } from '../e2e/support/canaries.js'
import { type Platform, startPlatform, startWorker } from '../e2e/support/platform.js'
import { ffmpegBelow } from '../e2e/support/processes.js'
import { openEvents } from '../support/events/event-stream.js'
import { until } from '../support/until.js'
import { encodesOf, hashesOf, onlyEncode, passAttempts, rowsOf } from './support/attempts.js'
import { inForm } from './support/form.js'
import { beginUpload } from './support/half-upload.js'
import { jobReaches, uploadHeavy } from './support/heavy.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { freeze, signal } from './support/services.js'

/** Longer than the API's own time limits of calls. */
const AWAY_MS = inForm(6_000, 30_000)

let platform: Platform
afterEach(() => platform.destroy())

/** While the worker alone sleeps, its ffmpeg finishes its file, which the worker puts into place when it wakes. */
const ALONE: readonly (readonly [what: string, isAlone: boolean])[] = [['while its ffmpeg goes on', true]]
const WITH_FFMPEG: typeof ALONE = [['together with its ffmpeg', false]]

/** The ends of a job's passes in the first worker's log; a second worker logs elsewhere. */
async function lateEnds(jobId: string): Promise<string[]> {
  const lines = (await allLogs(platform)).split('\n')
  return lines.filter((line) => line.includes(`edit-${jobId}`) && /"Activity (?:completed|failed)/.test(line))
}

describe('a worker that sleeps past its heartbeats', () => {
  test.each(inForm(ALONE, [...ALONE, ...WITH_FFMPEG]))(
    '%s cannot overwrite what another attempt has made',
    async (_, isAlone) => {
      platform = await startPlatform({ env: { LOG_LEVEL: 'debug', MEDIA_SLOTS: '1' } })
      const client = createInsistentClient(platform.apiUrl)
      const heavy = await uploadHeavy(platform, client, 6)
      const job = await heavy.begin('slept-through')
      const late = await onlyEncode(platform, job.jobId)
      const thaw = await freeze(platform, 'worker', isAlone)
      const second = await startWorker(platform)
      try {
        await jobReaches(client, job.jobId, 'completed')
        const state = async () => ({
          answer: await client.get(`/jobs/${job.jobId}`),
          rows: await rowsOf(platform, job.jobId),
          hashes: await hashesOf(platform, job.jobId),
        })
        const before = await state()
        expect(Object.keys(before.hashes)).toEqual(['720p.mp4'])
        expect(Object.values(passAttempts(before.rows))).toEqual([2])
        const endsBefore = (await lateEnds(job.jobId)).length
        thaw()
        await until('the late attempt has ended', async () => (await lateEnds(job.jobId)).length > endsBefore)
        expect(await encodesOf(platform, job.jobId)).not.toContain(late)
        expect(await state()).toEqual(before)
      } finally {
        thaw()
        second.kill('SIGTERM')
      }
      await until('the second worker is gone', () => second.exitCode !== null || second.signalCode !== null)
      await expectNothingLost(platform, [job])
    },
  )
})

describe('an API that sleeps', () => {
  test('goes on with what it was receiving and telling', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 2)
    const job = await heavy.begin('told')
    const events = await openEvents(new URL(`/api/v1/jobs/${job.jobId}/events`, platform.apiUrl).href)
    const upload = await beginUpload(platform, await readFile(join(platform.dataDir, 'heavy.mp4')))
    const thaw = await freeze(platform, 'api', true)
    try {
      await expect(
        fetch(new URL('/livez', platform.apiUrl), { signal: AbortSignal.timeout(1000) }),
      ).rejects.toThrow()
      await delay(AWAY_MS)
    } finally {
      thaw()
    }
    const answer = await upload.finish()
    expect(answer.status).toBe(202)
    await events.ended
    const uploaded = { jobId: field(answer, 'job_id'), what: 'upload', frames: null, mayBeCancelled: false }
    await expectNothingLost(platform, [job, uploaded])
  })
})

describe('an ffmpeg', () => {
  test('that hangs is killed by the watchdog, and its pass is rendered again', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error', STALL_TIMEOUT_SEC: '6' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 8)
    const job = await heavy.begin('hung')
    const [hung = 0] = await ffmpegBelow(platform.dataDir)
    signal(hung, 'SIGSTOP')
    await until(
      'the hung ffmpeg is gone',
      async () => !(await ffmpegBelow(platform.dataDir)).includes(hung),
      30_000,
    )
    await expectNothingLost(platform, [job])
  })
})
