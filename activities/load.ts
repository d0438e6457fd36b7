import { AppError } from '../src/errors.js'
import { otherVideoIds } from '../src/jobs/edits/files-read.js'
import { isFinal, type Job, type JobId, type Video } from '../src/jobs/model.js'
import type { Repositories } from '../src/jobs/ports/repositories.js'

/**
 * Loads a job with its video for an activity. Ids are plain strings in workflow inputs. A job that has ended is refused:
 * it was cancelled while its workflow was starting, or Temporal has given this attempt up.
 */
export async function loadJob(
  { jobs, videos }: Repositories,
  id: string,
): Promise<{ job: Job; jobId: JobId; video: Video }> {
  const job = await jobs.getById(id as JobId)
  if (!job) throw new AppError('job-not-found', 'The job was deleted.')
  if (isFinal(job.status)) throw new AppError('job-finished', `The job has ended: it is ${job.status}.`)
  const video = await videos.getById(job.videoId)
  if (!video) throw new AppError('video-not-found', 'The video was deleted.')
  return { job, jobId: job.id, video }
}

/** Loads the videos that a job's edit reads beside its own. */
export async function loadOtherVideos(
  { repositories }: { readonly repositories: Pick<Repositories, 'videos'> },
  { edit, owner }: Pick<Job, 'edit' | 'owner'>,
): Promise<Video[]> {
  const videos: Video[] = []
  for (const id of otherVideoIds(edit?.operations ?? [])) {
    const video = await repositories.videos.get(owner, id)
    if (!video) throw new AppError('video-not-found', 'A video of the edit was deleted.')
    videos.push(video)
  }
  return videos
}
