import { basename, dirname, extname } from 'node:path'
import { CONTAINER_TRAITS } from '../edit/output/containers.js'
import { CONTAINERS } from '../edit/output/formats.js'
import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import { processedPrefix } from './keys.js'
import { isFinal, type Job, type JobId, type Output, type Owner } from './model.js'
import { openStored } from './stored-files.js'
import type { StoredFile } from './use-cases.js'
import { getVideo } from './videos.js'
import { viewJob } from './view-job.js'

/** Content types by the extension of a stored file. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    CONTAINERS.map((container) => [`.${container}`, CONTAINER_TRAITS[container].mimeType]),
  ),
  '.m4s': 'video/iso.segment',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.json': 'application/json',
  '.vtt': 'text/vtt; charset=utf-8',
}

/**
 * The output of an ended job by its quality or name; without either the first, which is the largest. A job that failed
 * or was cancelled hands out the outputs that it had finished before.
 */
export async function openOutput(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
  quality: string | null,
): Promise<StoredFile> {
  const { job, output } = await findOutput(deps, owner, id, quality)
  return storedOutput(deps, output, await downloadStem(deps, job, output))
}

/** @throws AppError `job-not-found`, `job-not-completed`, `output-not-found`, `output-expired` */
export async function findOutput(
  deps: JobsDeps,
  owner: Owner,
  id: JobId,
  quality: string | null,
): Promise<{ readonly job: Job; readonly output: Output }> {
  const { job, outputs } = await viewJob(deps, owner, id)
  const isReady = job.status === 'completed' || (isFinal(job.status) && outputs.length > 0)
  if (!isReady) {
    throw new AppError('job-not-completed', `The job has no outputs: it is ${job.status}.`)
  }
  requireKept(job)
  const output = quality === null ? outputs[0] : outputs.find(({ name }) => name === quality)
  if (!output) {
    const names = outputs.map(({ name }) => name).join(', ') || 'none'
    throw new AppError('output-not-found', `The job has no output with this name. Its outputs: ${names}.`)
  }
  return { job, output }
}

/** The name under which an output is saved, without its extension. */
export async function downloadStem(deps: JobsDeps, { owner, videoId }: Job, output: Output): Promise<string> {
  return stemOf((await getVideo(deps, owner, videoId)).originalFilename, output)
}

function stemOf(originalFilename: string, { name }: Output): string {
  const stem = basename(originalFilename, extname(originalFilename))
  return stem === name ? stem : `${stem}-${name}`
}

/** A file under `/processed/<job>/`: one that belongs to a finished output, or the poster of an upload. */
export async function openProcessedFile(
  deps: JobsDeps,
  owner: Owner,
  jobId: JobId,
  path: string,
): Promise<StoredFile> {
  const { job, outputs } = await viewJob(deps, owner, jobId)
  const key = `${processedPrefix(jobId)}${path}`
  const output = outputs.find(({ filePath }) => filePath === key)
  if (output) {
    requireKept(job)
    return storedOutput(deps, output, stemOf(basename(path), output))
  }
  const { posterPath } = await getVideo(deps, owner, job.videoId)
  const isBesideOutput =
    path.includes('/') && outputs.some(({ filePath }) => dirname(filePath) === dirname(key))
  if (posterPath !== key && !isBesideOutput) throw new AppError('file-not-found', 'There is no such file.')
  return openStored(deps, key, { sha256: null, contentType: contentType(key), downloadName: basename(path) })
}

function requireKept({ expiredAt }: Job): void {
  if (!expiredAt) return
  throw new AppError('output-expired', 'The outputs have expired and were deleted. Submit the edit again.')
}

export function contentType(filename: string): string {
  return CONTENT_TYPES[extname(filename)] ?? 'application/octet-stream'
}

function storedOutput(deps: JobsDeps, output: Output, stem: string): Promise<StoredFile> {
  return openStored(deps, output.filePath, {
    sha256: output.sha256,
    contentType: contentType(output.filename),
    downloadName: `${stem}${extname(output.filename)}`,
  })
}
