import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { describe, expect, test } from 'vitest'
import { failureInterceptor, MAX_FAILURES, toFailure } from '../../activities/failure.js'
import { AppError, ERRORS, isErrorCode, type ErrorCode } from '../../src/errors.js'
import { attempt } from './world.js'

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

test('the interceptor counts the attempts of an activity that keeps no count itself', async () => {
  const fail = () => Promise.reject(new AppError('internal', 'why'))
  const run = (number: number) => attempt(number, [failureInterceptor]).run(fail)
  await expect(run(1)).rejects.toMatchObject({ type: 'internal', nonRetryable: false })
  await expect(run(MAX_FAILURES)).rejects.toMatchObject({ type: 'internal', nonRetryable: true })
})
