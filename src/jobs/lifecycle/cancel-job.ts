import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { type FinalStatus, isFinal, type JobId, type Owner } from '../model.js'
import type { JobView } from '../use-cases.js'
import { viewJob } from '../view-job.js'
import { endJob } from './end-job.js'

/** Requests the end of a job. Its workflow stops ffmpeg, removes partial files and then writes `cancelled`. */
export async function cancelJob(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
): Promise<{ job: JobView; already: boolean }> {
  const view = await viewJob(deps, owner, id)
  if (view.job.status === 'cancelled') return { job: view, already: true }
  if (isFinal(view.job.status)) throw finished(view.job.status)
  const outcome = await deps.orchestrator.cancel(view.job.workflowId)
  if (outcome === 'not-found') {
    // Either the job is accepted but not started: there is nothing to stop, and a later start finds the end. Or the
    // workflow has ended in the meantime.
    const end = { status: 'cancelled', errorCode: null, errorMessage: null } as const
    const job = { id, videoId: view.job.videoId }
    const status = await endJob(deps, job, end, { removesOutputs: false })
    if (status !== 'cancelled') throw finished(status)
  }
  return { job: await viewJob(deps, owner, id), already: false }
}

function finished(status: FinalStatus): AppError {
  return new AppError('job-finished', `The job has already ended: it is ${status}.`)
}
