import { activityInfo, ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity'
import { asAppError, ERRORS, isOutage } from '../src/errors.js'

/** So often is work tried that fails by itself. Outages are waited for as long as the workflow's policy lets. */
export const MAX_FAILURES = 3

/** The error as Temporal knows it: its code becomes the type, which decides on another attempt. */
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
 * The failure as histories keep it: with what it was caused by, for operators, but without the paths of this machine,
 * which are in messages of the system and in stacks. The log has all of it.
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

/** Absolute paths, quoted as Node quotes them or bare. */
function withoutPaths(text: string): string {
  return text.replace(/(['"])\/.*?\1/g, '$1…$1').replace(/(^|[\s(=:,|])\/[^\s'",:)|]+/g, '$1…')
}

/**
 * The same for work that keeps no count of its failures itself, within its attempt. Attempts that ended with an outage
 * or with their worker say nothing of the work, so they are not what is counted: each attempt tells the next one with
 * its last heartbeat how often the work itself has failed. Passes count in their rows.
 */
export function countFailure(error: unknown): unknown {
  if (isTranslated(error)) return error
  const failures = failuresBefore() + (isOutage(error) ? 0 : 1)
  Context.current().heartbeat({ failures })
  return toFailure(error, failures)
}

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
