import { activityInfo, ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import { AppError, ERRORS } from '../src/errors.js'

/** So often is work tried that fails by itself. Outages are waited for as long as the workflow's policy lets. */
export const MAX_FAILURES = 3

/** The error as Temporal knows it: its code becomes the type, which decides on another attempt. */
export function toFailure(error: unknown, failures: number): unknown {
  if (isTranslated(error)) return error
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

/**
 * The one place where errors leave for Temporal. Attempts that ended with an outage or with their worker say nothing
 * of the work, so they are not what is counted: each attempt tells the next one with its last heartbeat how often the
 * work itself has failed. Passes count in their rows.
 */
export const failureInterceptor: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input)
      } catch (error) {
        if (isTranslated(error)) throw error
        const failures = failuresBefore() + (isOutage(error) ? 0 : 1)
        Context.current().heartbeat({ failures })
        throw toFailure(error, failures)
      }
    },
  },
})

/** What work that has nothing else to tell sends as its heartbeats. */
export interface FailureCount {
  readonly failures: number
}

/** How often the work of this activity has failed in earlier attempts. */
export function failuresBefore(): number {
  const details: unknown = activityInfo().heartbeatDetails
  if (typeof details !== 'object' || details === null || !('failures' in details)) return 0
  return typeof details.failures === 'number' ? details.failures : 0
}

function isTranslated(error: unknown): boolean {
  return error instanceof CancelledFailure || error instanceof ApplicationFailure
}

function isOutage(error: unknown): boolean {
  return error instanceof AppError && ERRORS[error.code].retry === 'always'
}
