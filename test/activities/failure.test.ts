import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { beforeEach, describe, expect, test } from 'vitest'
import { forHistory, MAX_FAILURES, toFailure } from '../../activities/failure.js'
import { createInterceptor } from '../../activities/intercept.js'
import { AppError, type ErrorCode, ERRORS, isErrorCode } from '../../src/errors.js'
import { createLog } from '../../src/log.js'
import { attempt } from './world.js'

const SILENT = createLog('worker', 'silent')

const CODES = Object.keys(ERRORS).filter(isErrorCode)
const withRetry = (retry: 'never' | 'few' | 'always') => CODES.filter((code) => ERRORS[code].retry === retry)

/** Whether Temporal would try again after so many failures. */
function isTriedAgain(code: ErrorCode, failures: number): boolean {
  const failure = toFailure(new AppError(code, 'why'), failures)
  expect(failure).toMatchObject({ type: code, message: 'why' })
  return failure instanceof ApplicationFailure && !failure.nonRetryable
}

describe('a failure for Temporal', () => {
  test.each(withRetry('never'))('%s is never tried again', (code) => {
    expect(isTriedAgain(code, 1)).toBe(false)
  })

  test.each(withRetry('few'))('%s is tried a few times', (code) => {
    expect(isTriedAgain(code, MAX_FAILURES - 1)).toBe(true)
    expect(isTriedAgain(code, MAX_FAILURES)).toBe(false)
  })

  test.each(withRetry('always'))('%s, an outage, never ends the work', (code) => {
    for (const failures of [1, MAX_FAILURES, 1000]) expect(isTriedAgain(code, failures)).toBe(true)
  })

  test('of unknown making is internal, and shows its text to operators only', () => {
    const cause = new TypeError('/secret/path is undefined')
    expect(toFailure(cause, 1)).toMatchObject({ type: 'internal', message: 'Something went wrong.', cause })
    expect(toFailure('a string', 1)).toMatchObject({ type: 'internal' })
  })

  test.each(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM'])('of a system with %s is an outage', (errno) => {
    const cause = Object.assign(new Error('open'), { code: errno })
    expect(toFailure(cause, 1000)).toMatchObject({ type: 'out-of-resources', nonRetryable: false, cause })
  })

  test('keeps the cause for operators', () => {
    const cause = new Error('what ffmpeg said')
    expect(toFailure(new AppError('ffmpeg-crashed', 'ended', { cause }), 1)).toMatchObject({ cause })
  })

  test('that is a cancellation or Temporal has seen passes untouched', () => {
    const cancelled = new CancelledFailure('stop')
    const known = ApplicationFailure.create({ type: 'disk-full' })
    expect(toFailure(cancelled, 99)).toBe(cancelled)
    expect(toFailure(known, 99)).toBe(known)
  })
})

describe('a failure for histories', () => {
  const kept = (error: unknown) => forHistory(toFailure(error, 1))

  test('has its cause, but no path of this machine and no stack', () => {
    const system = new Error("ENOENT: no such file, open '/srv/my data/media/a.mp4'")
    const ffmpeg = new Error('input: /srv/data/a.mp4: Invalid data (file=/srv/b.mp4)', { cause: system })
    const failure = kept(new AppError('ffmpeg-crashed', 'ended with 1/2 of it', { cause: ffmpeg }))
    expect(failure).toMatchObject({
      type: 'ffmpeg-crashed',
      message: 'ended with 1/2 of it',
      nonRetryable: false,
      stack: '',
      cause: {
        message: 'input: …: Invalid data (file=…)',
        stack: '',
        cause: { message: "ENOENT: no such file, open '…'", stack: '' },
      },
    })
  })

  test('keeps whether it may be tried again, and cancellations as they are', () => {
    expect(kept(new AppError('source-damaged', 'why'))).toMatchObject({ nonRetryable: true })
    const cancelled = new CancelledFailure('stop')
    expect(kept(cancelled)).toBe(cancelled)
  })
})

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
    await expect(environment(2).run(work, { jobId: '7' })).rejects.toThrow('Something went wrong.')
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

describe('an activity that keeps no count itself', () => {
  /** Runs one attempt after another, each with what the last heartbeat before it told. */
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

  test('is not given up for outages before, however many', async () => {
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
