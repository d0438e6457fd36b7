import { basename, extname } from 'node:path'
import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import { posterKey, processedPrefix } from './keys.js'
import type { JobId, Output, Owner } from './model.js'
import type { StoredFile } from './use-cases.js'
import { getVideo } from './videos.js'
import { viewJob } from './view-job.js'

const CONTENT_TYPES: Readonly<Record<string, string>> = { mp4: 'video/mp4' }

/** The output of a completed job by quality or name; without one the first, which is the largest. */
export async function openOutput(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
  quality: string | null,
): Promise<StoredFile> {
  const { job, outputs } = await viewJob(deps, owner, id)
  if (job.status !== 'completed') {
    throw new AppError('job-not-completed', `The job has not completed: it is ${job.status}.`)
  }
  const output = quality === null ? outputs[0] : outputs.find(({ name }) => name === quality)
  if (!output) {
    const names = outputs.map(({ name }) => name).join(', ') || 'none'
    throw new AppError('output-not-found', `The job has no such output. Its outputs: ${names}.`)
  }
  const video = await getVideo(deps, owner, job.videoId)
  return storedOutput(deps, output, video.originalFilename)
}

/** A file under `/processed/<job>/`: an output that is ready, or the poster of an upload. */
export async function openProcessedFile(
  deps: JobsDeps,
  owner: Owner,
  jobId: JobId,
  filename: string,
): Promise<StoredFile> {
  const { job, outputs } = await viewJob(deps, owner, jobId)
  const output = outputs.find(({ filePath }) => filePath === `${processedPrefix(jobId)}${filename}`)
  if (output) return storedOutput(deps, output, filename)
  const { posterPath } = await getVideo(deps, owner, job.videoId)
  if (posterPath !== posterKey(jobId) || basename(posterPath) !== filename) {
    throw new AppError('file-not-found', 'There is no such file.')
  }
  return {
    path: await deps.storage.localPath(posterPath),
    sizeBytes: (await deps.storage.size(posterPath)) ?? 0,
    sha256: null,
    contentType: 'image/jpeg',
    downloadName: filename,
  }
}

async function storedOutput(
  { storage }: JobsDeps,
  output: Output,
  originalFilename: string,
): Promise<StoredFile> {
  const stem = basename(originalFilename, extname(originalFilename))
  const extension = extname(output.filename)
  return {
    path: await storage.localPath(output.filePath),
    sizeBytes: output.fileSize,
    sha256: output.sha256,
    contentType: CONTENT_TYPES[output.container] ?? 'application/octet-stream',
    downloadName: stem === output.name ? `${stem}${extension}` : `${stem}-${output.name}${extension}`,
  }
}
