import { ScheduleAlreadyRunning, type Client } from '@temporalio/client'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from './names.js'

const SCHEDULE_ID = 'sweep'
const EVERY = '1m'

/** Makes sure that the sweep runs, whichever process comes first. */
export async function scheduleSweep(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: SCHEDULE_ID,
      spec: { intervals: [{ every: EVERY }] },
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOW_TYPES.sweep,
        taskQueue: CONTROL_QUEUE,
        workflowId: WORKFLOW_TYPES.sweep,
        workflowExecutionTimeout: '1 minute',
      },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}
