import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { describe, expect, test } from 'vitest'
import { forHistory, MAX_FAILURES, toFailure } from '../../activities/failure.js'
import { AppError, type ErrorCode, ERRORS, isErrorCode } from '../../src/errors.js'

const CODES = Object.keys(ERRORS).filter(isErrorCode)
const withRetry = (retry: 'never' | 'few' | 'always') => CODES.filter((code) => ERRORS[code].retry === retry)

const TRIES = { failures: 1, isWaitOver: false }

/** Whether Temporal would try again after this number of failures. */
function isTriedAgain(code: ErrorCode, failures: number, isWaitOver = false): boolean {
  const failure = toFailure(new AppError(code, 'why'), { failures, isWaitOver })
  expect(failure).toMatchObject({ type: code, message: expect.stringMatching(/^why/) as string })
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

  test.each(withRetry('always'))('%s is an outage, which ends the work only by its limit of time', (code) => {
    for (const failures of [1, MAX_FAILURES, 1000]) expect(isTriedAgain(code, failures)).toBe(true)
    expect(isTriedAgain(code, 0, true)).toBe(false)
  })

  test('that was not foreseen is internal, and shows its text to operators only', () => {
    const cause = new TypeError('/secret/path is undefined')
    expect(toFailure(cause, TRIES)).toMatchObject({
      type: 'internal',
      message: 'An internal error occurred.',
      cause,
    })
    expect(toFailure('a string', TRIES)).toMatchObject({ type: 'internal' })
  })

  test.each(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM'])('of the system with %s is an outage', (errno) => {
    const cause = Object.assign(new Error('open'), { code: errno })
    expect(toFailure(cause, { ...TRIES, failures: 1000 })).toMatchObject({
      type: 'out-of-resources',
      nonRetryable: false,
      cause,
    })
  })

  test('keeps the cause for operators', () => {
    const cause = new Error('what ffmpeg said')
    expect(toFailure(new AppError('ffmpeg-crashed', 'ended', { cause }), TRIES)).toMatchObject({ cause })
  })

  test('that is a cancellation, or already a failure of Temporal, is left as it is', () => {
    const cancelled = new CancelledFailure('stop')
    const known = ApplicationFailure.create({ type: 'disk-full' })
    expect(toFailure(cancelled, TRIES)).toBe(cancelled)
    expect(toFailure(known, TRIES)).toBe(known)
  })
})

describe('a failure in a history', () => {
  const kept = (error: unknown) => forHistory(toFailure(error, TRIES))

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
