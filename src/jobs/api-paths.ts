import type { JobId, VideoId } from './model.js'

const API = '/api/v1'

/** This and the others: paths that answers and events name, below the address of the API. */
export function jobPath(id: JobId): string {
  return `${API}/jobs/${id}`
}

export function jobEventsPath(id: JobId): string {
  return `${jobPath(id)}/events`
}

export const EVENTS_PATH = `${API}/events`

export function videoPath(id: VideoId): string {
  return `${API}/videos/${id}`
}

export function outputDownloadPath(jobId: JobId, outputName: string): string {
  return `${API}/jobs/download/${jobId}?quality=${encodeURIComponent(outputName)}`
}
