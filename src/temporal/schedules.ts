import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client'
import type { Logger } from 'pino'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from './names.js'

interface Recurring {
  readonly workflowType: (typeof WORKFLOW_TYPES)['sweep' | 'housekeeping']
  readonly every: '1m' | '15m'
  /** A round that takes longer is ended; the next round continues its work. */
  readonly timeout: '1 minute' | '10 minutes'
}

const RECURRING: readonly Recurring[] = [
  { workflowType: WORKFLOW_TYPES.sweep, every: '1m', timeout: '1 minute' },
  { workflowType: WORKFLOW_TYPES.housekeeping, every: '15m', timeout: '10 minutes' },
]

/** Between two looks for schedules that are gone. */
const LOOK_MS = 60_000

/** A server that does not answer within this time is asked again at the next look. A worker that stops waits for it. */
const LOOK_DEADLINE_MS = 3_000

/**
 * Creates or updates the schedules, and from then on creates again those that are gone: Temporal may lose its data
 * while workers live. Returns a function that ends this, to be awaited before the connection is closed.
 */
export async function keepSchedules(
  client: Client,
  log: Logger,
  lookMs = LOOK_MS,
): Promise<() => Promise<void>> {
  await ensureSchedules(client)
  const look = async () => {
    try {
      await client.withDeadline(Date.now() + LOOK_DEADLINE_MS, async () => {
        for (const recurring of RECURRING) {
          if (!(await createSchedule(client, recurring))) continue
          log.warn({ schedule: recurring.workflowType }, 'a schedule was gone and has been made again')
        }
      })
    } catch (error) {
      log.debug({ err: error }, 'Temporal cannot be asked for its schedules now')
    }
  }
  let looking: Promise<void> | null = null
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null
    })
  }, lookMs).unref()
  return async () => {
    clearInterval(timer)
    // The client repeats calls on a timer, and throws where nobody catches it if the connection is closed by then.
    await looking
  }
}

/** Creates or updates the schedules. Every process may call it. A schedule has the name of its workflow type. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const recurring of RECURRING) {
    if (await createSchedule(client, recurring)) continue
    // An older version may have made a different one. Its state stays: an operator may have paused it.
    const schedule = scheduleOf(recurring)
    await client.schedule.getHandle(recurring.workflowType).update(({ state }) => ({ ...schedule, state }))
  }
}

/** Returns whether there was none. */
async function createSchedule(client: Client, recurring: Recurring): Promise<boolean> {
  try {
    await client.schedule.create({ scheduleId: recurring.workflowType, ...scheduleOf(recurring) })
    return true
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false
    throw error
  }
}

function scheduleOf({ workflowType, every, timeout }: Recurring) {
  return {
    spec: { intervals: [{ every }] },
    policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
    action: {
      type: 'startWorkflow',
      workflowType,
      taskQueue: CONTROL_QUEUE,
      workflowId: workflowType,
      workflowExecutionTimeout: timeout,
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>
}
