import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow'
import { CONTROL_QUEUE, MEDIA_QUEUE, PROBE_QUEUE } from '../src/temporal/names.js'

/**
 * Whether an error is worth another attempt is decided where it arises (activities/failure.ts): these policies
 * only set the pace. A worker that dies and an outage cost attempts, so there is no small limit to their number.
 */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const

/** Light work on rows: short, and tried until the database is back. */
export const CONTROL: ActivityOptions = {
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: RETRY,
}

/** The same without a queue, once: see light-work.ts. */
export const IN_PLACE: LocalActivityOptions = { startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } }

/**
 * ffprobe and ffmpeg: heartbeats tell a dead worker from a long encode, and bring cancellation. While Temporal is away
 * none arrive: one that is restarted within the timeout finds the encodes as it left them. A killed worker's begin
 * again after as long.
 */
export const MEDIA: ActivityOptions = {
  taskQueue: MEDIA_QUEUE,
  startToCloseTimeout: '24 hours',
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: '45s',
  // The workflow goes on only when ffmpeg is dead and its files are gone.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { ...RETRY, maximumAttempts: 1000 },
}

/** The same for reading files: a queue of its own, and seconds mostly, which are sooner begun again than waited for. */
export const PROBE: ActivityOptions = {
  ...MEDIA,
  taskQueue: PROBE_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10s',
}
