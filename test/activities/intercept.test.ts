import { ApplicationFailure } from '@temporalio/common'
import { beforeEach, describe, expect, test } from 'vitest'
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
    attempt(number, { interceptors: [createInterceptor(log)], workflowId: 'edit-7' })

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

describe('an activity that does not count its failures itself', () => {
  /** Runs one attempt after another; each gets the details of the last heartbeat before it. */
  async function failWith(codes: readonly ErrorCode[]): Promise<(boolean | undefined | null)[]> {
    let details: unknown = null
    const isFinal = []
    for (const [index, code] of codes.entries()) {
      const environment = attempt(index + 1, {
        interceptors: [createInterceptor(SILENT)],
        heartbeatDetails: details,
      })
      environment.on('heartbeat', (latest: unknown) => {
        details = latest
      })
      const error: unknown = await environment
        .run(() => Promise.reject(new AppError(code, 'why')))
        .catch((reason: unknown) => reason)
      isFinal.push(error instanceof ApplicationFailure ? error.nonRetryable : null)
    }
    return isFinal
  }

  test('is given up when its work has failed a few times', async () => {
    expect(await failWith(['internal', 'ffmpeg-crashed', 'internal'])).toEqual([false, false, true])
  })

  test('is not given up for any number of earlier outages', async () => {
    const outages = Array.from({ length: 5 }, () => 'db-unavailable' as const)
    expect(await failWith([...outages, 'ffmpeg-crashed', 'disk-full', 'ffmpeg-crashed'])).not.toContain(true)
  })

  test('is not given up for attempts that ended with their worker', async () => {
    const run = attempt(99, { interceptors: [createInterceptor(SILENT)] }).run(() =>
      Promise.reject(new AppError('internal', 'why')),
    )
    await expect(run).rejects.toMatchObject({ type: 'internal', nonRetryable: false })
  })
})
