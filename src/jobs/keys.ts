import type { JobId, JobType, VideoId } from './model.js'

/** Storage keys and ids of workflows: made here, nowhere else. A key that ends with `/` names a folder. */
export function uploadKey(filename: string): string {
  return `uploads/${filename}`
}

export function uploadFilename(id: VideoId, extension: string): string {
  return `${id}.${extension}`
}

export const ASSETS_PREFIX = 'assets/'

export function assetKey(name: string): string {
  return `${ASSETS_PREFIX}${name}`
}

/** Where everything that a job hands out lies. */
export function processedPrefix(jobId: JobId): string {
  return `processed/${jobId}/`
}

export function posterKey(jobId: JobId): string {
  return `${processedPrefix(jobId)}poster.jpg`
}

export function workflowId(jobId: JobId, type: JobType): string {
  return `${type === 'upload' ? 'ingest' : 'edit'}-${jobId}`
}
