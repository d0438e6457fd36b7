import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client'
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

/** Creates or updates the schedules. Every process may call it. A schedule has the name of its workflow type. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const recurring of RECURRING) await ensureSchedule(client, recurring)
}

async function ensureSchedule(client: Client, { workflowType, every, timeout }: Recurring): Promise<void> {
  const schedule = {
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
  try {
    await client.schedule.create({ scheduleId: workflowType, ...schedule })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    // An older version may have made a different one. Its state stays: an operator may have paused it.
    await client.schedule.getHandle(workflowType).update(({ state }) => ({ ...schedule, state }))
  }
}
