import { AppError } from '../../errors.js'
import { estimatePlanBytes } from '../../plan/renditions/file-size.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { planEdit } from '../edits/plan-edit.js'
import { planOf } from '../edits/plan-of.js'
import { nextWorkflowId, processedPrefix } from '../keys.js'
import type { JobId, JobStatus, Owner } from '../model.js'
import type { JobView } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { viewJob } from '../view-job.js'
import { startNow } from './start-created.js'

/**
 * Runs a failed or cancelled job again, with a new workflow. Passes that have completed are not run again.
 * @throws AppError `job-not-found`, `job-not-retryable`, `asset-not-found`, `edit-unrenderable`, `disk-full`
 */
export async function retryJob(deps: JobsDeps, owner: Owner, id: JobId): Promise<JobView> {
  const { job } = await viewJob(deps, owner, id)
  if (job.status !== 'failed' && job.status !== 'cancelled') throw notRetryable(job.status)
  await deps.orchestrator.check()
  if (job.edit) {
    const video = await getVideo(deps, owner, job.videoId)
    const compilation = await planEdit(deps, { owner, edit: job.edit }, video, {
      outputPrefix: processedPrefix(id),
    })
    await requireRoom(deps, estimatePlanBytes(planOf(compilation), video.fileSize))
  }
  const status = await deps.repositories.jobs.restart(id, job.workflowId, nextWorkflowId(job.workflowId))
  if (status !== 'pending') throw notRetryable(status)
  const restarted = await viewJob(deps, owner, id)
  await startNow(deps, restarted.job)
  return viewJob(deps, owner, id)
}

function notRetryable(status: JobStatus): AppError {
  return new AppError(
    'job-not-retryable',
    `Only failed and cancelled jobs can be retried; this one is ${status}.`,
  )
}
