import { ApplicationFailure, CancelledFailure } from '@temporalio/activity'
import { asAppError, ERRORS, isOutage } from '../src/errors.js'
import { currentAttempts, noteAttempt } from './attempts.js'

/** How often work is tried that fails by itself. Outages do not count: they have a limit of time. */
export const MAX_FAILURES = 3

/** What decides whether work that has failed is tried again. */
interface Tries {
  /** Failures of the work itself, this one included. */
  readonly failures: number
  /** Whether it has waited for something unavailable as long as it may. */
  readonly isWaitOver: boolean
}

/** The error for Temporal: its code becomes the type, which decides whether there is another attempt. */
export function toFailure(error: unknown, { failures, isWaitOver }: Tries): unknown {
  if (isTranslated(error)) return error
  const known = asAppError(error)
  const { retry } = ERRORS[known.code]
  const isGivenUp = retry === 'always' && isWaitOver
  return ApplicationFailure.create({
    type: known.code,
    message: isGivenUp ? `${known.message} The job has waited for it as long as it may.` : known.message,
    nonRetryable: retry === 'never' || isGivenUp || (retry === 'few' && failures >= MAX_FAILURES),
    cause: known.cause instanceof Error ? known.cause : known,
  })
}

/**
 * The failure as histories keep it: with its causes, for operators, but without the paths of this machine that system
 * messages and stacks contain. The log has all of it.
 */
export function forHistory(failure: unknown): unknown {
  if (!(failure instanceof ApplicationFailure)) return failure
  const { type, message, nonRetryable, cause, nextRetryDelay, category } = failure
  return withoutStack(
    ApplicationFailure.create({
      message: withoutPaths(message),
      ...(typeof type === 'string' ? { type } : {}),
      nonRetryable: nonRetryable === true,
      ...(nextRetryDelay ? { nextRetryDelay } : {}),
      ...(category ? { category } : {}),
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
 * Ends an attempt that has failed: tells the next one, in the last heartbeat, what became of this one, and makes the
 * failure for Temporal. Attempts that ended because of an outage say nothing about the work.
 * @param maxWaitMs how long the work may wait for what is unavailable
 * @param counted failures of the work, where they are counted elsewhere, as those of passes in their rows
 */
export function endAttempt(error: unknown, maxWaitMs: number, counted?: number): unknown {
  if (error instanceof ApplicationFailure) return error
  if (error instanceof CancelledFailure) {
    noteAttempt({ runs: null })
    return error
  }
  const before = currentAttempts()
  const isWaiting = isOutage(error)
  const failures = counted ?? before.failures + (isWaiting ? 0 : 1)
  const now = Date.now()
  const since = isWaiting ? (before.waiting_since ?? new Date(now).toISOString()) : null
  noteAttempt({ failures, runs: null, waiting_since: since })
  return toFailure(error, { failures, isWaitOver: since !== null && now - Date.parse(since) >= maxWaitMs })
}

function isTranslated(error: unknown): boolean {
  return error instanceof CancelledFailure || error instanceof ApplicationFailure
}
