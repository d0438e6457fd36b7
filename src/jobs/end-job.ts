import type { JobsDeps } from './deps.js'
import { partsPrefix } from './keys.js'
import type { Job } from './model.js'
import type { JobEnd } from './ports.js'

/**
 * Removes what a job has under way, then writes its end, so that the end means "nothing left". It is the word of
 * the job's workflow: when the job has gone over to another one meanwhile, nothing is written.
 */
export async function endJob(
  { repositories, storage }: Pick<JobsDeps, 'repositories' | 'storage'>,
  { id, workflowId }: Pick<Job, 'id' | 'workflowId'>,
  end: JobEnd,
): Promise<void> {
  await storage.removeWorkspace(id)
  // What a failed job has rendered is there for another try.
  if (end.status !== 'failed') await storage.remove(partsPrefix(id))
  await repositories.jobs.finish(id, end, workflowId)
}
