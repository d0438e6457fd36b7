import { setTimeout as sleep } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import { currentAttempts, noteAttempt } from './attempts.js'
import { isSuspect } from './give-up.js'
import type { Solitude } from './solitude.js'

/**
 * A cancellation arrives in the answer to a heartbeat and must finish within a second, but each heartbeat costs CPU that
 * encodes could use. The worker's throttle has the same value.
 */
const HEARTBEAT_INTERVAL_MS = 500

/** What kills a worker does so early: it is the memory of a picture, a font or the first frames. */
const ALONE_MS = 5 * 60_000

/**
 * Before work runs alone. The SDK holds heartbeats back for the length of the worker's throttle, and one that a death
 * overtakes is never sent: such a death would count as one beside others.
 */
const TOLD_MS = 2 * HEARTBEAT_INTERVAL_MS

/** Heartbeats for work that has nothing to report. */
export function withBareHeartbeat<Result>(
  solitude: Solitude,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return withHeartbeat(solitude, {}, ({ signal }) => work(signal))
}

/**
 * Sends heartbeats on a timer while the work runs, with the latest details that it has reported. The timer is needed
 * because probes and the finishing of a file report nothing. A hung ffmpeg is noticed by its runner, not here. Work at
 * which workers have died runs alone, so that the next death is its own doing and not that of its neighbour.
 */
export async function withHeartbeat<Details extends object, Result>(
  solitude: Solitude,
  initial: Details,
  work: (beat: {
    readonly signal: AbortSignal
    readonly report: (details: Details) => void
  }) => Promise<Result>,
): Promise<Result> {
  const context = Context.current()
  const signal = context.cancellationSignal
  let latest = initial
  const timer = setInterval(
    () => context.heartbeat({ ...latest, ...currentAttempts() }),
    HEARTBEAT_INTERVAL_MS,
  )
  const report = (details: Details) => {
    latest = details
  }
  const run = () => work({ signal, report })
  try {
    if (!isSuspect(currentAttempts())) return await solitude.together(signal, run)
    noteAttempt({ runs: null })
    const onEnd = () => noteAttempt({ runs: 'together' })
    return await solitude.alone({ signal, forMs: ALONE_MS, onEnd }, async () => {
      noteAttempt({ runs: 'alone' })
      await sleep(TOLD_MS, undefined, { signal })
      return run()
    })
  } finally {
    clearInterval(timer)
  }
}
