import { validate as isUuid } from 'uuid'
import { type JobId, type JobType, LOCAL_OWNER, type Owner, type VideoId } from './model.js'

/** Storage keys and ids of workflows: made here, nowhere else. A key that ends with `/` names a folder. */
export function uploadKey(filename: string): string {
  return `${UPLOADS_ROOT}${filename}`
}

/** Has a file a video. */
export const UPLOADS_ROOT = 'uploads/'

export function uploadFilename(id: VideoId, extension: string): string {
  return `${id}.${extension}`
}

/** null: a file of that name is none of ours. */
export function videoOfFilename(filename: string): VideoId | null {
  const [id = ''] = filename.split('.')
  return isUuid(id) ? (id as VideoId) : null
}

export const ASSETS_PREFIX = 'assets/'

/** Each owner names assets for itself. No asset's name begins with `@`, so no folder is in the way of one. */
export function assetKey(owner: Owner, name: string): string {
  return owner === LOCAL_OWNER ? `${ASSETS_PREFIX}${name}` : `${ASSETS_PREFIX}@${owner}/${name}`
}

/** Names of the workspaces of requests begin with it; those of jobs are the jobs' ids. */
export const INCOMING_PREFIX = 'incoming-'

/** Has a folder a job. */
export const PARTS_ROOT = 'parts/'

/** Where the parts lie that a job's outputs are joined from, until it has ended. */
export function partsPrefix(jobId: JobId): string {
  return `${PARTS_ROOT}${jobId}/`
}

/** Where everything that a job hands out lies. */
export function processedPrefix(jobId: JobId): string {
  return `${PROCESSED_ROOT}${jobId}/`
}

/** Has a folder a job. */
export const PROCESSED_ROOT = 'processed/'

export function posterKey(jobId: JobId): string {
  return `${processedPrefix(jobId)}poster.jpg`
}

/** Where the outputs of an edit would lie that is planned only. */
export const PLANNED_PREFIX = 'processed/{job_id}/'

/** The same of its parts. */
export const PLANNED_PARTS_PREFIX = 'parts/{job_id}/'

export function workflowId(jobId: JobId, type: JobType): string {
  return `${type === 'upload' ? 'ingest' : 'edit'}-${jobId}`
}

/** A job that is run again has a workflow of its own each time: `edit-<id>`, `edit-<id>.2`, `edit-<id>.3`. */
export function nextWorkflowId(current: string): string {
  const [first, run = '1'] = current.split('.')
  return `${first}.${Number(run) + 1}`
}
