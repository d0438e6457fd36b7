/**
 * Names that clients, workers and stored workflows share. Constants only, because workflows import this file. A name
 * that has run in production is never changed; a new one is added instead.
 */
export const CONTROL_QUEUE = 'control'
/** ffprobe and posters: they take seconds, so they must not wait behind encodes. */
export const PROBE_QUEUE = 'probe'
export const MEDIA_QUEUE = 'media'

export const WORKFLOW_TYPES = {
  ingest: 'ingestVideo',
  edit: 'editVideo',
  sweep: 'sweep',
  housekeeping: 'housekeeping',
} as const
