import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow'
import { CONTROL_QUEUE, MEDIA_QUEUE, OUTBOUND_QUEUE, PROBE_QUEUE } from '../src/temporal/names.js'

/**
 * Whether there is another attempt is decided in the activities (failure.ts, give-up.ts), which know why the earlier ones
 * ended; these policies only set the pace.
 */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const

/** Light work on rows: short, and repeated until the database is back. */
export const CONTROL: ActivityOptions = {
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: RETRY,
}

/** Calls of an endpoint, which have a time limit of their own. */
export const OUTBOUND: ActivityOptions = {
  ...CONTROL,
  taskQueue: OUTBOUND_QUEUE,
  // A call takes 15 s at most. What a killed worker was sending is sent again after this.
  startToCloseTimeout: '30s',
}

/** The same as a local activity, tried once: see light-work.ts. */
export const IN_PLACE: LocalActivityOptions = { startToCloseTimeout: '10s', retry: { maximumAttempts: 1 } }

/**
 * ffprobe and ffmpeg. Heartbeats tell a dead worker from a long encode, and their answers bring cancellation. While
 * Temporal is away no heartbeat arrives: if it is back within the timeout, the encodes go on. Encodes of a killed
 * worker begin again elsewhere after that timeout.
 */
export const MEDIA: ActivityOptions = {
  taskQueue: MEDIA_QUEUE,
  startToCloseTimeout: '24 hours',
  scheduleToCloseTimeout: '7 days',
  heartbeatTimeout: '45s',
  // The workflow continues only after ffmpeg has ended and its files are removed.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: RETRY,
}

/** Reading files, with a queue of its own. It mostly takes seconds, so a dead worker is given up sooner. */
export const PROBE: ActivityOptions = {
  ...MEDIA,
  taskQueue: PROBE_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10s',
}
