import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { until } from '../support/until.js'
import { attemptsOf, encodesOf, onlyEncode, passAttempts, rowsOf, ticksOf } from './support/attempts.js'
import { inForm } from './support/form.js'
import { uploadHeavy } from './support/heavy.js'
import { createInsistentClient } from './support/insistent-client.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { freeze, signal } from './support/services.js'

const AWAY_MS = inForm(6_000, 30_000)
/** The API's own time limit of a call to PostgreSQL, and a margin. */
const QUICK_MS = 15_000
/** Processor time of a working process, in hundredths of a second. */
const WORK_TICKS = 30
const ENCODE_LIMIT_MS = 180_000

let platform: Platform
afterEach(() => platform.destroy())

/** Waits until a process shows that it works. */
async function goesOn(pid: number): Promise<void> {
  const before = await ticksOf(pid)
  await until('the encode uses processor time', async () => {
    const now = await ticksOf(pid)
    if (before === null || now === null) throw new Error('the encode is gone')
    return now >= before + WORK_TICKS
  })
}

describe('a service that does not answer for a while', () => {
  test.each(['temporal', 'postgres'] as const)(
    'if it is %s, submissions are 503 with Retry-After, and running encodes go on and do not start again',
    async (service) => {
      platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
      const client = createInsistentClient(platform.apiUrl)
      const heavy = await uploadHeavy(platform, client, 12)
      const running = await heavy.begin('before-the-outage')
      const encode = await onlyEncode(platform, running.jobId)
      const thaw = await freeze(platform, service)
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
