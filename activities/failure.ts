import { activityInfo, ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity'
import { asAppError, ERRORS, isOutage } from '../src/errors.js'

/** How often work is tried that fails by itself. Outages do not count: the workflow's policy limits the wait for them. */
export const MAX_FAILURES = 3

/** The error for Temporal: its code becomes the type, which decides whether there is another attempt. */
export function toFailure(error: unknown, failures: number): unknown {
  if (isTranslated(error)) return error
  const known = asAppError(error)
  const { retry } = ERRORS[known.code]
  return ApplicationFailure.create({
    type: known.code,
    message: known.message,
    nonRetryable: retry === 'never' || (retry === 'few' && failures >= MAX_FAILURES),
    cause: known.cause instanceof Error ? known.cause : known,
  })
}

/**
 * The failure as histories keep it: with its causes, for operators, but without the paths of this machine that system
 * messages and stacks contain. The log has all of it.
 */
export function forHistory(failure: unknown): unknown {
  if (!(failure instanceof ApplicationFailure)) return failure
  const { type, message, nonRetryable, cause } = failure
  return withoutStack(
    ApplicationFailure.create({
      message: withoutPaths(message),
      ...(typeof type === 'string' ? { type } : {}),
      nonRetryable: nonRetryable === true,
      ...(cause instanceof Error ? { cause: causeForHistory(cause) } : {}),
    }),
  )
}

function causeForHistory({ name, message, cause }: Error): Error {
  const inner = cause instanceof Error ? { cause: causeForHistory(cause) } : {}
  const shown = new Error(withoutPaths(message), inner)
  shown.name = name
  return withoutStack(shown)
}

function withoutStack<Failure extends Error>(failure: Failure): Failure {
  failure.stack = ''
  return failure
}

/** Replaces absolute paths, whether they are quoted as Node does it or bare. */
function withoutPaths(text: string): string {
  return text.replace(/(['"])\/.*?\1/g, '$1…$1').replace(/(^|[\s(=:,|])\/[^\s'",:)|]+/g, '$1…')
}

/**
 * Like toFailure, for work that does not count its failures elsewhere (passes count in their rows). Attempts that ended
 * because of an outage or with their worker do not count, as they say nothing about the work. So each attempt tells the
 * next one in its last heartbeat how often the work itself has failed.
 */
export function countFailure(error: unknown): unknown {
  if (isTranslated(error)) return error
  const failures = failuresBefore() + (isOutage(error) ? 0 : 1)
  Context.current().heartbeat({ failures })
  return toFailure(error, failures)
}

/** The heartbeat of work that has nothing else to report. */
export interface FailureCount {
  readonly failures: number
}

/** How often the work of this activity itself failed in earlier attempts. */
export function failuresBefore(): number {
  const details: unknown = activityInfo().heartbeatDetails
  if (typeof details !== 'object' || details === null || !('failures' in details)) return 0
  return typeof details.failures === 'number' ? details.failures : 0
}

function isTranslated(error: unknown): boolean {
  return error instanceof CancelledFailure || error instanceof ApplicationFailure
}
