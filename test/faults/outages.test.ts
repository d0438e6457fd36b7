import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { startPlatform, startWorker, type Platform } from '../e2e/support/platform.js'
import { ffmpegBelow, filesBelow } from '../e2e/support/processes.js'
import { until } from '../support/until.js'
import { inForm } from './support/form.js'
import { jobReaches, uploadHeavy } from './support/heavy.js'
import { createInsistentClient } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { familyOf, findService, signal, type ServiceName } from './support/services.js'

const AWAY_MS = inForm(6_000, 30_000)
/** The API's own bounds of a call to PostgreSQL, and some. */
const QUICK_MS = 15_000

let platform: Platform
afterEach(() => platform.destroy())

async function freeze(service: ServiceName): Promise<() => void> {
  const pid = await findService(platform, service)
  if (pid === null) throw new Error(`there is no ${service}`)
  const all = await familyOf(pid)
  for (const one of all) signal(one, 'SIGSTOP')
  return () => {
    for (const one of all) signal(one, 'SIGCONT')
  }
}

describe('a service that does not answer for a while', () => {
  test.each(['temporal', 'postgres'] as const)(
    '%s: submissions are 503 with Retry-After, running encodes go on',
    async (service) => {
      platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
      const client = createInsistentClient(platform.apiUrl)
      const heavy = await uploadHeavy(platform, client, inForm(6, 40))
      const running = await heavy.begin('before-the-outage')
      const thaw = await freeze(service)
      const since = performance.now()
      try {
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
        const worker = await findService(platform, 'worker')
        await delay(Math.max(0, AWAY_MS - (performance.now() - since)))
        expect(await findService(platform, 'worker')).toBe(worker)
      } finally {
        thaw()
      }
      const later = await heavy.begin('after-the-outage')
      await expectNothingLost(platform, [running, later])
    },
  )
})

describe('a worker that sleeps past its heartbeats', () => {
  test('cannot overwrite what another attempt has made meanwhile', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error', MEDIA_SLOTS: '1' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 6)
    const job = await heavy.begin('slept-through')
    const [late] = await ffmpegBelow(platform.dataDir)
    const thaw = await freeze('worker')
    const second = await startWorker(platform)
    try {
      await jobReaches(client, job.jobId, 'completed')
      const outputs = await filesBelow(join(platform.dataDir, 'media/processed', job.jobId))
      const before = await client.get(`/jobs/${job.jobId}`)
      thaw()
      // The late worker hears that its attempt is over, and its ffmpeg ends.
      await until('the late ffmpeg is gone', async () => {
        const alive = await ffmpegBelow(platform.dataDir)
        return late === undefined || !alive.includes(late)
      })
      expect(await filesBelow(join(platform.dataDir, 'media/processed', job.jobId))).toEqual(outputs)
      expect(await client.get(`/jobs/${job.jobId}`)).toEqual(before)
    } finally {
      thaw()
      second.kill('SIGTERM')
    }
    await until('the second worker is gone', () => second.exitCode !== null || second.signalCode !== null)
    await expectNothingLost(platform, [job])
  })
})

describe('ffmpeg', () => {
  test('that hangs is killed by the watchdog, and the pass is made again', async () => {
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
