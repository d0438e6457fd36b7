import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { JobId, Owner } from '../model.js'

/** Deletes an ended job, its outputs and their files. The job of an upload is deleted with its video. */
export async function deleteJob(
  deps: Pick<JobsDeps, 'repositories' | 'storage'>,
  owner: Owner,
  id: JobId,
): Promise<void> {
  const outcome = await deps.repositories.jobs.delete(owner, id, (prefix) => deps.storage.remove(prefix))
  switch (outcome) {
    case 'deleted':
      return
    case 'not-found':
      throw new AppError('job-not-found', `There is no job with the id ${id}.`)
    case 'running':
      throw new AppError('job-not-deletable', 'The job has not ended. Cancel it or wait until it has ended.')
    case 'upload':
      throw new AppError(
        'job-not-deletable',
        'The job of an upload is deleted with its video: delete the video.',
      )
  }
}
