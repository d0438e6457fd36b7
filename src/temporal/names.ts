/**
 * Names that clients, workers and stored workflows share. Constants only, because workflows import this file. A name
 * that has run in production is never changed; a new one is added instead.
 */
export const CONTROL_QUEUE = 'control'
/** ffprobe and posters: they take seconds, so they must not wait behind encodes. */
export const PROBE_QUEUE = 'probe'
export const MEDIA_QUEUE = 'media'

/** Requests to addresses of users, which may keep them waiting. */
export const OUTBOUND_QUEUE = 'outbound'

/** Tells the workflow of an endpoint that there is something to deliver. */
export const DELIVER_SIGNAL = 'deliverNow'

export const WORKFLOW_TYPES = {
  ingest: 'ingestVideo',
  edit: 'editVideo',
  sweep: 'sweep',
  housekeeping: 'housekeeping',
  deliver: 'deliverEvents',
} as const
