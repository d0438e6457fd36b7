import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import { isFinal, type JobId, type Owner } from './model.js'
import type { JobView } from './use-cases.js'
import { viewJob } from './view-job.js'

/** Asks for the end of a job. Its workflow stops ffmpeg, removes partial files and then says `cancelled`. */
export async function cancelJob(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
): Promise<{ job: JobView; already: boolean }> {
  const view = await viewJob(deps, owner, id)
  if (view.job.status === 'cancelled') return { job: view, already: true }
  if (isFinal(view.job.status)) {
    throw new AppError('job-finished', `The job has ended already: it is ${view.job.status}.`)
  }
  const outcome = await deps.orchestrator.cancel(view.job.workflowId)
  if (outcome === 'not-found') {
    // Accepted while the orchestrator was away, and not started since: there is nothing to stop.
    await deps.repositories.jobs.finish(id, { status: 'cancelled', errorCode: null, errorMessage: null })
  }
  return { job: await viewJob(deps, owner, id), already: false }
}
