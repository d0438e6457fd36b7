import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { compileTask, loadFiles } from '../edits/plan-edit.js'
import { nextWorkflowId, processedPrefix } from '../keys.js'
import type { JobId, JobStatus, Owner } from '../model.js'
import { requireStoredRoom } from '../quotas/stored-room.js'
import type { JobView } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { viewJob } from '../view-job.js'
import { startNow } from './start-created.js'

/**
 * Runs a failed or cancelled job again, with a new workflow. Passes that have completed are not run again.
 * @throws AppError `job-not-found`, `job-not-retryable`, `asset-not-found`, `edit-unrenderable`,
 *   `ffmpeg-lacks-part`, `disk-full`, `storage-quota-exceeded`
 */
export async function retryJob(deps: JobsDeps, owner: Owner, id: JobId): Promise<JobView> {
  const { job } = await viewJob(deps, owner, id)
  if (job.status !== 'failed' && job.status !== 'cancelled') throw notRetryable(job.status)
  await deps.orchestrator.check()
  if (job.edit) {
    const video = await getVideo(deps, owner, job.videoId)
    const { edit, assetIds } = job
    const files = await loadFiles(deps, { owner, edit, assetIds }, video)
    const task = await compileTask(deps, files, { outputPrefix: processedPrefix(id) })
    const bytes = await deps.calculations.measure(owner, { ...task, sourceBytes: video.fileSize })
    await requireStoredRoom(deps, owner, bytes)
    await requireRoom(deps, bytes)
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
