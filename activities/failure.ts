import { activityInfo, ApplicationFailure, CancelledFailure } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import { AppError, ERRORS } from '../src/errors.js'

/** So often is work tried that fails by itself. Outages are waited for as long as the workflow's policy lets. */
export const MAX_FAILURES = 3

/** The error as Temporal knows it: its code becomes the type, which decides on another attempt. */
export function toFailure(error: unknown, failures: number): unknown {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error
  const known =
    error instanceof AppError ? error : new AppError('internal', 'Something went wrong.', { cause: error })
  const { retry } = ERRORS[known.code]
  return ApplicationFailure.create({
    type: known.code,
    message: known.message,
    nonRetryable: retry === 'never' || (retry === 'few' && failures >= MAX_FAILURES),
    cause: known.cause instanceof Error ? known.cause : known,
  })
}

/** The one place where errors leave for Temporal. */
export const failureInterceptor: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input)
      } catch (error) {
        throw toFailure(error, activityInfo().attempt)
      }
    },
  },
})
