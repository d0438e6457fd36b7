import { AppError } from '../src/errors.js'
import type { Job, JobId, Video } from '../src/jobs/model.js'
import type { Repositories } from '../src/jobs/ports.js'

/** A job with its video, as an activity needs them. Workflow inputs carry plain strings. */
export async function loadJob(
  { jobs, videos }: Repositories,
  id: string,
): Promise<{ job: Job; jobId: JobId; video: Video }> {
  const job = await jobs.getById(id as JobId)
  if (!job) throw new AppError('job-not-found', 'The job was deleted.')
  const video = await videos.getById(job.videoId)
  if (!video) throw new AppError('video-not-found', 'The video was deleted.')
  return { job, jobId: job.id, video }
}
