import type { JobsDeps } from '../deps.js'
import { partsPrefix } from '../keys.js'
import type { FinalStatus, Job } from '../model.js'
import type { JobEnd } from '../ports/repositories.js'
import { removeUnrecorded } from './remove-unrecorded.js'

interface EndOptions {
  /**
   * Removes outputs that no row names, too: only for the job's own workflow, which has just made them. Others cannot
   * tell whether the rows are older than the outputs, because an operator has restored the database. What they leave is
   * removed by housekeeping, when the operator has had time to notice.
   */
  readonly removesOutputs: boolean
}

/**
 * Writes a job's end and removes its work in progress, so that nothing is left once the end can be seen. With
 * `workflowId` it applies only if the job still belongs to that workflow and has not ended. Returns how the job has
 * ended.
 */
export async function endJob(
  deps: Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders'>,
  job: Pick<Job, 'id' | 'videoId'> & { readonly workflowId?: string },
  end: JobEnd,
  { removesOutputs }: EndOptions,
): Promise<FinalStatus> {
  const { repositories, storage, workFolders } = deps
  const { id, workflowId } = job
  const removeFiles = async (recorded: readonly string[]) => {
    await workFolders.remove(id)
    // A failed job keeps what it has rendered, for a retry.
    if (end.status !== 'failed') await storage.remove(partsPrefix(id))
    if (removesOutputs && end.status !== 'completed') await removeUnrecorded(storage, id, recorded)
  }
  return repositories.jobs.finish(id, end, { workflowId, removeFiles })
}
