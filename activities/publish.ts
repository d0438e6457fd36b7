import { activityInfo } from '@temporalio/activity'
import { isErrorCode } from '../src/errors.js'
import { partsPrefix } from '../src/jobs/keys.js'
import type { FinalStatus, JobId } from '../src/jobs/model.js'
import type { ActivityDeps } from './deps.js'

export interface PublishInput {
  readonly jobId: string
  readonly status: FinalStatus
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** A job's last activity: removes its work folder, then writes its end, so that the end means "nothing left". */
export function createPublish({ repositories: { jobs }, storage }: ActivityDeps) {
  return async function publish({ jobId: id, status, errorCode, errorMessage }: PublishInput): Promise<void> {
    const jobId = id as JobId
    const workflowId = activityInfo().workflowExecution?.workflowId
    const job = await jobs.getById(jobId)
    // A job that was retried meanwhile is the business of its next workflow.
    if (job && job.workflowId !== workflowId) return
    await storage.removeWorkspace(jobId)
    // What a failed job has rendered is there for another try.
    if (status !== 'failed') await storage.remove(partsPrefix(jobId))
    if (!job) return
    const end = {
      status,
      errorCode: isErrorCode(errorCode) ? errorCode : status === 'failed' ? ('internal' as const) : null,
      errorMessage,
    }
    await jobs.finish(jobId, end, workflowId)
  }
}
