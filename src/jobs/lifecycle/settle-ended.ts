import { assertNever } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { isFinal, type Job } from '../model.js'
import type { JobEnd, StartedJob, WorkflowState } from '../ports/repositories.js'
import { endJob } from './end-job.js'
import { startWorkflow } from './start-unstarted.js'
import { sweepJobs } from './sweep-each.js'

type SettleDeps = Pick<
  JobsDeps,
  'repositories' | 'orchestrator' | 'storage' | 'workFolders' | 'health' | 'log'
>

/** Each is a call or two. */
const BATCH = 500

/** Leaves time for the other steps of the sweep, which has a minute. */
const LIMIT_MS = 20_000

/**
 * Ends jobs whose workflow ended without writing their end: an operator terminated it, it timed out, or the end could
 * not be written. A job whose workflow is unknown (Temporal has lost its data) is started again if it has not begun,
 * and fails otherwise. A job that runs is never touched. Returns how many were settled. The remaining ones get their
 * turn in the next sweeps.
 */
export async function settleEnded(deps: SettleDeps): Promise<number> {
  const { repositories, orchestrator } = deps
  // The list saves a call for each job; only the workflow itself is sure of its state.
  const suspects = await repositories.jobs.listStarted(await orchestrator.listRunning(), BATCH)
  return sweepJobs(deps, suspects, {
    work: (suspect) => settleSuspect(deps, suspect),
    failure: 'a job whose workflow has ended cannot be settled',
    limitMs: LIMIT_MS,
  })
}

async function settleSuspect(deps: SettleDeps, { id, workflowId }: StartedJob): Promise<boolean> {
  const state = await deps.orchestrator.stateOf(workflowId)
  // Read after the state: a workflow writes the job's end before its own, and a retry has another workflow.
  const job = await deps.repositories.jobs.getById(id)
  if (!job || isFinal(job.status) || job.workflowId !== workflowId) return false
  return settle(deps, job, state)
}

async function settle(deps: SettleDeps, job: Job, state: WorkflowState): Promise<boolean> {
  const verdict = judge(job, state)
  if (verdict === 'leave') return false
  deps.log.warn(
    { jobId: job.id, workflowId: job.workflowId, state },
    'the workflow of a job has ended without writing its end',
  )
  if (verdict === 'start') await startWorkflow(deps, job)
  else await endJob(deps, job, verdict, { removesOutputs: false })
  return true
}

/** What becomes of a job that has not ended, by the state of its workflow. */
export function judge({ status }: Pick<Job, 'status'>, state: WorkflowState): JobEnd | 'start' | 'leave' {
  switch (state) {
    case 'running':
      return 'leave'
    case 'unknown':
      return status === 'pending'
        ? 'start'
        : failed('job-lost', `The workflow of the job no longer exists. ${RETRY}`)
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

const RETRY = 'Retry it: finished parts are kept.'

function failed(errorCode: NonNullable<JobEnd['errorCode']>, errorMessage: string): JobEnd {
  return { status: 'failed', errorCode, errorMessage }
}
