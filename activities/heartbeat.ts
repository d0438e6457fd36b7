import { Context } from '@temporalio/activity'
import { type FailureCount, failuresBefore } from './failure.js'

/**
 * Cancellation arrives with a heartbeat's answer, and is to be over within a second; each costs time that an encode
 * could have. The worker's throttle is the same.
 */
const HEARTBEAT_INTERVAL_MS = 500

/** For work that has nothing to tell but how often it has failed: see countFailure. */
export function withFailureCount<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const initial: FailureCount = { failures: failuresBefore() }
  return withHeartbeat(initial, ({ signal }) => work(signal))
}

/**
 * Beats on a timer while the work runs, whether or not it says anything: downloads and the finishing of a
 * file are silent. The runner, not the heartbeat, notices a hung ffmpeg.
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
