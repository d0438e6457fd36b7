import type { JobsDeps } from './deps.js'
import { partsPrefix } from './keys.js'
import type { Job } from './model.js'
import type { JobEnd } from './ports.js'
import { removeUnrecorded } from './remove-unrecorded.js'

/**
 * Removes what a job has under way, then writes its end, so that the end means "nothing left". It is the word of
 * the job's workflow: when the job has gone over to another one meanwhile, nothing is written.
 */
export async function endJob(
  deps: Pick<JobsDeps, 'repositories' | 'storage'>,
  job: Pick<Job, 'id' | 'workflowId' | 'videoId'>,
  end: JobEnd,
): Promise<void> {
  const { repositories, storage } = deps
  const { id, workflowId } = job
  await storage.removeWorkspace(id)
  // What a failed job has rendered is there for another try.
  if (end.status !== 'failed') await storage.remove(partsPrefix(id))
  if (end.status !== 'completed') await removeUnrecorded(deps, job)
  await repositories.jobs.finish(id, end, workflowId)
}
