import { assertNever, isOutage } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { isFinal, type Job } from '../model.js'
import type { JobEnd, WorkflowState } from '../ports/repositories.js'
import { endJob } from './end-job.js'
import { startWorkflow } from './start-unstarted.js'

type SettleDeps = Pick<JobsDeps, 'repositories' | 'orchestrator' | 'storage' | 'workFolders' | 'log'>

/** More than ever wait at once. */
const MAX_LISTED = 50_000

/** Each is a call or two; the rest has its turn in the next round. */
const MAX_SETTLED = 500

/**
 * Ends the jobs whose workflow has ended without a word: an operator terminated it, it timed out, or its end
 * could not be written. A job whose workflow nobody knows (Temporal has lost its data) is started again when it has
 * not begun, and has failed when it has. One that runs is never touched. Returns how many were settled.
 */
export async function settleEnded(deps: SettleDeps): Promise<number> {
  const { repositories, orchestrator, log } = deps
  const listed = await repositories.jobs.listStarted(MAX_LISTED)
  if (listed.length === 0) return 0
  // The list spares a call for each job; only the workflow itself is sure of its state.
  const running = await orchestrator.listRunning()
  const suspects = listed.filter(({ workflowId }) => !running.has(workflowId)).slice(0, MAX_SETTLED)
  let settled = 0
  for (const { id, workflowId } of suspects) {
    try {
      const state = await orchestrator.stateOf(workflowId)
      // Read after the state: a workflow writes its end before it ends, and a retry takes another one.
      const job = await repositories.jobs.getById(id)
      if (!job || isFinal(job.status) || job.workflowId !== workflowId) continue
      if (await settle(deps, job, state)) settled += 1
    } catch (error) {
      if (isOutage(error)) throw error
      log.error({ err: error, jobId: id }, 'a job whose workflow has ended cannot be settled')
    }
  }
  return settled
}

async function settle(deps: SettleDeps, job: Job, state: WorkflowState): Promise<boolean> {
  const verdict = judge(job, state)
  if (verdict === 'leave') return false
  deps.log.warn({ jobId: job.id, workflowId: job.workflowId, state }, 'settled a job without a workflow')
  if (verdict === 'start') await startWorkflow(deps, job)
  else await endJob(deps, job, verdict)
  return true
}

/** What becomes of a job that has not ended, by what its workflow is. */
export function judge({ status }: Pick<Job, 'status'>, state: WorkflowState): JobEnd | 'start' | 'leave' {
  switch (state) {
    case 'running':
      return 'leave'
    case 'unknown':
      return status === 'pending' ? 'start' : failed('job-lost', `The run of the job is lost. ${RETRY}`)
    case 'cancelled':
      return { status: 'cancelled', errorCode: null, errorMessage: null }
    case 'terminated':
      return failed('job-stopped', `An operator stopped the job. ${RETRY}`)
    case 'timed-out':
      return failed('job-timed-out', `The job did not end in time. ${RETRY}`)
    case 'completed':
    case 'failed':
      return failed('internal', `The job ended without a result. ${RETRY}`)
    default:
      return assertNever(state)
  }
}

const RETRY = 'Retry it: what it has finished is kept.'

function failed(errorCode: NonNullable<JobEnd['errorCode']>, errorMessage: string): JobEnd {
  return { status: 'failed', errorCode, errorMessage }
}
