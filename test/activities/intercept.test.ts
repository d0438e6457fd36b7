import { ApplicationFailure } from '@temporalio/common'
import { beforeEach, describe, expect, test } from 'vitest'
import { noteAttempt } from '../../activities/attempts.js'
import { createInterceptor } from '../../activities/intercept.js'
import { AppError, type ErrorCode } from '../../src/errors.js'
import { createLog } from '../../src/log.js'
import { attempt } from './world.js'

const SILENT = createLog('worker', 'silent')

describe('the interceptor', () => {
  const lines: Record<string, unknown>[] = []
  const log = createLog('worker', 'info', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  })
  beforeEach(() => lines.splice(0))
  const environment = (number: number) =>
    attempt(number, { interceptors: [createInterceptor(log, 3_600_000)], workflowId: 'edit-7' })

  test('gives the ids of job, workflow, activity and attempt to every line, and logs the failure whole', async () => {
    const work = async (input: { jobId: string }) => {
      await Promise.resolve(input)
      log.info('deep inside')
      throw new Error("ENOENT, open '/srv/data/a.mp4'")
    }
    await expect(environment(2).run(work, { jobId: '7' })).rejects.toThrow('An internal error occurred.')
    const { activityType: activity } = environment(2).context.info
    const ids = { jobId: '7', workflowId: 'edit-7', activity, attempt: 2 }
    expect(lines).toMatchObject([
      { ...ids, name: 'worker', msg: 'deep inside' },
      { ...ids, level: 30, msg: 'an activity has failed' },
    ])
    expect(JSON.stringify(lines[1])).toContain('/srv/data/a.mp4')
    log.info('outside')
    expect(lines[2]).not.toHaveProperty('jobId')
  })
})

/** How an attempt ends: with a failure, or without a word, with its worker, beside other work or alone. */
type AttemptEnd = ErrorCode | 'dies' | 'dies-alone'

/** Runs one attempt after another; each gets the details of the last heartbeat before it. Returns whether each is the last. */
async function runAttempts(ends: readonly AttemptEnd[], maxWaitMs = 3_600_000) {
  let details: unknown = null
  const isFinal: (boolean | null)[] = []
  let error: unknown = null
  for (const [index, end] of ends.entries()) {
    const environment = attempt(index + 1, {
      interceptors: [createInterceptor(SILENT, maxWaitMs)],
      heartbeatDetails: details,
    })
    const isDeath = end === 'dies' || end === 'dies-alone'
    let isDead = false
    environment.on('heartbeat', (latest: unknown) => {
      if (!isDead) details = latest
    })
    error = await environment
      .run(() => {
        if (!isDeath) throw new AppError(end, 'why')
        if (end === 'dies-alone') noteAttempt({ runs: 'alone' })
        // What this attempt says from now on is not heard.
        isDead = true
        throw new AppError('internal', 'not heard')
      })
      .catch((reason: unknown) => reason)
    isFinal.push(error instanceof ApplicationFailure ? error.nonRetryable === true : null)
  }
  return { isFinal, details, code: error instanceof ApplicationFailure ? error.type : null }
}

describe('a step of a job', () => {
  test('is given up when its work has failed a few times', async () => {
    const { isFinal } = await runAttempts(['internal', 'ffmpeg-crashed', 'internal'])
    expect(isFinal).toEqual([false, false, true])
  })

  test('is not given up for any number of short outages', async () => {
    const outages = Array.from({ length: 5 }, () => 'db-unavailable' as const)
    const { isFinal } = await runAttempts([...outages, 'ffmpeg-crashed', 'disk-full', 'ffmpeg-crashed'])
    expect(isFinal).not.toContain(true)
  })

  test.each(['disk-full', 'db-unavailable', 'storage-unavailable'] as const)(
    'is given up with %s when that has lasted as long as it may, and tells since when it waits',
    async (code) => {
      const before = await runAttempts(['ffmpeg-crashed', code])
      expect(before.isFinal).toEqual([false, false])
      expect(before.details).toMatchObject({ waiting_since: expect.stringMatching(/^20..-.*Z$/) as string })
      expect(await runAttempts(['ffmpeg-crashed', code], 0)).toMatchObject({ isFinal: [false, true], code })
    },
  )

  test('waits anew when it has come further in between', async () => {
    const { details } = await runAttempts(['disk-full', 'ffmpeg-crashed'])
    expect(details).toMatchObject({ waiting_since: null, failures: 1 })
  })

  test('is not given up for failures of attempts that were not heard', async () => {
    const run = attempt(99, { interceptors: [createInterceptor(SILENT, 1)] }).run(() =>
      Promise.reject(new AppError('internal', 'why')),
    )
    await expect(run).rejects.toMatchObject({ type: 'internal', nonRetryable: false })
  })

  const times = (count: number, end: AttemptEnd) => Array<AttemptEnd>(count).fill(end)

  test('is given up when workers have died three times while it ran alone', async () => {
    const deaths = [...times(2, 'dies'), ...times(3, 'dies-alone')]
    expect((await runAttempts([...deaths.slice(0, -1), 'db-unavailable'])).code).toBe('db-unavailable')
    expect(await runAttempts([...deaths, 'db-unavailable'])).toMatchObject({ code: 'worker-lost' })
  })

  test('outlives more deaths beside other work than a storm of kills gives, and is given up at last', async () => {
    expect((await runAttempts([...times(19, 'dies'), 'db-unavailable'])).code).toBe('db-unavailable')
    const last = await runAttempts([...times(20, 'dies'), 'db-unavailable'])
    expect(last.code).toBe('worker-lost')
    expect(last.isFinal.at(-1)).toBe(true)
  })

  test('does not count attempts that said how they ended', async () => {
    const { details } = await runAttempts(['dies', ...times(30, 'db-unavailable')])
    expect(details).toMatchObject({ deaths: 1, deaths_alone: 0 })
  })
})
