import { Context } from '@temporalio/activity'
import { type FailureCount, failuresBefore } from './failure.js'

/**
 * A cancellation arrives in the answer to a heartbeat and must finish within a second, but each heartbeat costs CPU that
 * encodes could use. The worker's throttle has the same value.
 */
const HEARTBEAT_INTERVAL_MS = 500

/** Heartbeats for work that has nothing to report but how often it has failed: see countFailure. */
export function withFailureCount<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const initial: FailureCount = { failures: failuresBefore() }
  return withHeartbeat(initial, ({ signal }) => work(signal))
}

/**
 * Sends heartbeats on a timer while the work runs, with the latest details that it has reported. The timer is needed
 * because probes and the finishing of a file report nothing. A hung ffmpeg is noticed by its runner, not here.
 */
export async function withHeartbeat<Details, Result>(
  initial: Details,
  work: (beat: {
    readonly signal: AbortSignal
    readonly report: (details: Details) => void
  }) => Promise<Result>,
): Promise<Result> {
  const context = Context.current()
  let latest = initial
  const timer = setInterval(() => context.heartbeat(latest), HEARTBEAT_INTERVAL_MS)
  try {
    return await work({
      signal: context.cancellationSignal,
      report: (details) => {
        latest = details
      },
    })
  } finally {
    clearInterval(timer)
  }
}
