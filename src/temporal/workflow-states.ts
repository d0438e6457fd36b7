import type { WorkflowExecutionStatusName } from '@temporalio/client'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { WorkflowState } from '../jobs/ports/repositories.js'
import { WORKFLOW_TYPES } from './names.js'

const RUNNING_JOBS = `ExecutionStatus = 'Running' AND WorkflowType IN ('${WORKFLOW_TYPES.ingest}', '${WORKFLOW_TYPES.edit}')`

/** Workflow ids of running jobs, from Temporal's visibility index, which lags by moments. */
export async function listRunning(client: Client): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for await (const { workflowId } of client.workflow.list({ query: RUNNING_JOBS, pageSize: 1000 })) {
    ids.add(workflowId)
  }
  return ids
}

/** State of one workflow, from the workflow itself. */
export async function findState(client: Client, workflowId: string): Promise<WorkflowState> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe()
    return STATES[status.name]
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown'
    throw error
  }
}

/** States that have no name here count as running, so that nothing is done about their jobs. */
const STATES: Readonly<Record<WorkflowExecutionStatusName, WorkflowState>> = {
  UNSPECIFIED: 'running',
  RUNNING: 'running',
  PAUSED: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  CONTINUED_AS_NEW: 'running',
  TIMED_OUT: 'timed-out',
  UNKNOWN: 'running',
}
