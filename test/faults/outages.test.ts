import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { allLogs } from '../e2e/support/canaries.js'
import { type Platform, startPlatform, startWorker } from '../e2e/support/platform.js'
import { ffmpegBelow } from '../e2e/support/processes.js'
import { openEvents } from '../support/event-stream.js'
import { until } from '../support/until.js'
import { attemptsOf, encodesOf, hashesOf, passAttempts, rowsOf, ticksOf } from './support/attempts.js'
import { inForm } from './support/form.js'
import { beginUpload } from './support/half-upload.js'
import { jobReaches, uploadHeavy } from './support/heavy.js'
import { createInsistentClient, field } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { familyOf, findService, type ServiceName, signal } from './support/services.js'

const AWAY_MS = inForm(6_000, 30_000)
/** The API's own time limit of a call to PostgreSQL, and a margin. */
const QUICK_MS = 15_000
/** Processor time of a working process, in hundredths of a second. */
const WORK_TICKS = 30
const ENCODE_LIMIT_MS = 180_000

let platform: Platform
afterEach(() => platform.destroy())

async function freeze(service: ServiceName, isAlone = false): Promise<() => void> {
  const pid = await findService(platform, service)
  if (pid === null) throw new Error(`there is no ${service}`)
  const all = isAlone ? [pid] : await familyOf(pid)
  for (const one of all) signal(one, 'SIGSTOP')
  return () => {
    for (const one of all) signal(one, 'SIGCONT')
  }
}

/** Waits until a process shows that it works. */
async function goesOn(pid: number): Promise<void> {
  const before = await ticksOf(pid)
  await until('the encode uses processor time', async () => {
    const now = await ticksOf(pid)
    if (before === null || now === null) throw new Error('the encode is gone')
    return now >= before + WORK_TICKS
  })
}

/** The only ffmpeg of a job with one pass. */
async function onlyEncode(jobId: string): Promise<number> {
  const [pid, ...others] = await encodesOf(platform, jobId)
  if (pid === undefined || others.length > 0) throw new Error('the job has not one ffmpeg')
  return pid
}

describe('a service that does not answer for a while', () => {
  test.each(['temporal', 'postgres'] as const)(
    'if it is %s, submissions are 503 with Retry-After, and running encodes go on and do not start again',
    async (service) => {
      platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
      const client = createInsistentClient(platform.apiUrl)
      const heavy = await uploadHeavy(platform, client, 12)
      const running = await heavy.begin('before-the-outage')
      const encode = await onlyEncode(running.jobId)
      const thaw = await freeze(service)
      const since = performance.now()
      try {
        await goesOn(encode)
        // The encode is still there when the service is back, however fast the machine is.
        signal(encode, 'SIGSTOP')
        const response = await fetch(new URL('/api/v1/quality', platform.apiUrl), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ video_id: heavy.videoId, qualities: ['240p'] }),
          signal: AbortSignal.timeout(QUICK_MS),
        })
        expect(response.status).toBe(503)
        expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
        expect(await response.json()).toMatchObject({
          code: service === 'temporal' ? 'orchestrator-unavailable' : 'db-unavailable',
        })
        await delay(Math.max(0, AWAY_MS - (performance.now() - since)))
      } finally {
        thaw()
        signal(encode, 'SIGCONT')
      }
      const seen = new Set<number>()
      await until(
        'the encode has ended',
        async () => {
          const now = await encodesOf(platform, running.jobId)
          for (const pid of now) seen.add(pid)
          return seen.size > 0 && now.length === 0
        },
        ENCODE_LIMIT_MS,
      )
      expect([...seen]).toEqual([encode])
      const later = await heavy.begin('after-the-outage')
      await expectNothingLost(platform, [running, later])
      expect(Object.values(passAttempts(await rowsOf(platform, running.jobId)))).toEqual([1])
      for (const attempt of await attemptsOf(platform, running.jobId))
        expect(attempt).toEqual([attempt[0], 1])
    },
  )
})

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
      const late = await onlyEncode(job.jobId)
      const thaw = await freeze('worker', isAlone)
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
    const thaw = await freeze('api', true)
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
    platform = await startPlatform({ env: { LOG_LEVEL: 'error', STALL_TIMEOUT_SEC: '2' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 8)
    const job = await heavy.begin('hung')
    const [hung = 0] = await ffmpegBelow(platform.dataDir)
    signal(hung, 'SIGSTOP')
    await until('the hung ffmpeg is gone', async () => !(await ffmpegBelow(platform.dataDir)).includes(hung))
    await expectNothingLost(platform, [job])
  })
})
