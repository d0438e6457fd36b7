import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from './names.js'

interface Recurring {
  readonly workflowType: (typeof WORKFLOW_TYPES)['sweep' | 'housekeeping']
  readonly every: '1m' | '15m'
  /** A round that takes longer is broken off: the next one goes on. */
  readonly timeout: '1 minute' | '10 minutes'
}

const RECURRING: readonly Recurring[] = [
  { workflowType: WORKFLOW_TYPES.sweep, every: '1m', timeout: '1 minute' },
  { workflowType: WORKFLOW_TYPES.housekeeping, every: '15m', timeout: '10 minutes' },
]

/** Makes sure that what recurs runs, whichever process comes first. Each has the name of its workflow. */
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
    // One of an older version may be another. Whether it is paused is the operator's.
    await client.schedule.getHandle(workflowType).update(({ state }) => ({ ...schedule, state }))
  }
}
