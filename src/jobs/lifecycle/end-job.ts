import type { JobsDeps } from '../deps.js'
import { partsPrefix } from '../keys.js'
import type { FinalStatus, Job } from '../model.js'
import type { JobEnd } from '../ports/repositories.js'
import { removeUnrecorded } from './remove-unrecorded.js'

/**
 * Writes a job's end and removes what it has under way, so that the end means "nothing left". With `workflowId` it is
 * the word of that workflow: when the job has ended or gone over to another one meanwhile, nothing is done. Returns how
 * the job has ended.
 */
export async function endJob(
  deps: Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders'>,
  job: Pick<Job, 'id' | 'videoId'> & { readonly workflowId?: string },
  end: JobEnd,
): Promise<FinalStatus> {
  const { repositories, storage, workFolders } = deps
  const { id, workflowId } = job
  return repositories.jobs.finish(id, end, workflowId, async (recorded) => {
    await workFolders.remove(id)
    // What a failed job has rendered is there for another try.
    if (end.status !== 'failed') await storage.remove(partsPrefix(id))
    if (end.status !== 'completed') await removeUnrecorded(storage, id, recorded)
  })
}
