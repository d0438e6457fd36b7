import { activityInfo } from '@temporalio/activity'
import { isErrorCode } from '../src/errors.js'
import { partsPrefix } from '../src/jobs/keys.js'
import { endJob } from '../src/jobs/lifecycle/end-job.js'
import type { FinalStatus, JobId } from '../src/jobs/model.js'
import type { ActivityDeps } from './deps.js'

export interface PublishInput {
  readonly jobId: string
  readonly status: FinalStatus
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

/** The last activity of a job, which writes its end, whatever that is. */
export function createPublish(deps: ActivityDeps) {
  const { repositories, storage, workFolders } = deps
  return async function publish({ jobId: id, status, errorCode, errorMessage }: PublishInput): Promise<void> {
    const jobId = id as JobId
    const workflowId = activityInfo().workflowExecution?.workflowId
    const job = await repositories.jobs.getById(jobId)
    // A job that was retried meanwhile belongs to its next workflow.
    if (job && job.workflowId !== workflowId) return
    if (!job) {
      await workFolders.remove(jobId)
      await storage.remove(partsPrefix(jobId))
      // Its outputs are left to housekeeping: the database may be an older one that was restored.
      return
    }
    const code = isErrorCode(errorCode) ? errorCode : status === 'failed' ? 'internal' : null
    await endJob(deps, job, { status, errorCode: code, errorMessage }, { removesOutputs: true })
  }
}
