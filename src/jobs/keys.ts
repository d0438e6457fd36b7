import { randomUUID } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import type { AssetId, JobId, JobType, VideoId } from './model.js'

/** Storage keys and ids of workflows: made here, nowhere else. A key that ends with `/` names a folder. */
export function uploadKey(filename: string): string {
  return `${UPLOADS_ROOT}${filename}`
}

/** One file per video. */
export const UPLOADS_ROOT = 'uploads/'

export function uploadFilename(id: VideoId, extension: string): string {
  return `${id}.${extension}`
}

/** null: we do not store videos under such a name. */
export function videoOfFilename(filename: string): VideoId | null {
  const [id = ''] = filename.split('.')
  return isUuid(id) ? (id as VideoId) : null
}

/** One file per version of an asset. */
export const ASSET_FILES_ROOT = 'asset-files/'

export function assetFileKey(id: AssetId): string {
  return `${ASSET_FILES_ROOT}${id}`
}

/** null: we do not store assets under such a name. */
export function assetOfFilename(filename: string): AssetId | null {
  return isUuid(filename) ? (filename as AssetId) : null
}

/** Where operators place files. Assets that an older version stored have their files there, too. */
export const PLACED_ROOT = 'assets/'

export function placedKey(name: string): string {
  return `${PLACED_ROOT}${name}`
}

/** Names of the work folders of requests begin with it; those of jobs are the jobs' ids. */
export const INCOMING_PREFIX = 'incoming-'

/** Name of a work folder for one attempt at a piece of a job's work. */
export function attemptFolder(jobId: string, work: string): string {
  return `${jobId}/${work}.${randomUUID()}`
}

/** Name of a work folder for one request, or for one look at a file that no job reads. */
export function requestFolder(): string {
  return `${INCOMING_PREFIX}${randomUUID()}`
}

/** Name of the work folder of a resumable upload. */
export function resumableFolder(id: string): string {
  return `${INCOMING_PREFIX}${id}`
}

/** One folder per job. */
export const PARTS_ROOT = 'parts/'

/** Where the parts lie that a job's outputs are joined from, until the job has ended. */
export function partsPrefix(jobId: JobId): string {
  return `${PARTS_ROOT}${jobId}/`
}

/** Where everything that a job hands out lies. */
export function processedPrefix(jobId: JobId): string {
  return `${PROCESSED_ROOT}${jobId}/`
}

/** One folder per job. */
export const PROCESSED_ROOT = 'processed/'

export function posterKey(jobId: JobId): string {
  return `${processedPrefix(jobId)}poster.jpg`
}

/** Where the outputs of an edit would lie, for an edit that is only planned. */
export const PLANNED_PREFIX = 'processed/{job_id}/'

/** The same for its parts. */
export const PLANNED_PARTS_PREFIX = 'parts/{job_id}/'

export function workflowId(jobId: JobId, type: JobType): string {
  return `${type === 'upload' ? 'ingest' : 'edit'}-${jobId}`
}

/** Each run of a job has its own workflow: `edit-<id>`, `edit-<id>.2`, `edit-<id>.3`. */
export function nextWorkflowId(current: string): string {
  const [first, run = '1'] = current.split('.')
  return `${first}.${Number(run) + 1}`
}
