import type { JobId, Owner } from '../model.js'

/**
 * Tells that rows have changed, whichever process has written them. It may tell of more than has happened, and never of
 * less: after an outage it calls everyone.
 */
export interface Changes {
  /** Calls back when the owner may have new events. Returns a function that stops this. */
  followEvents(owner: Owner, onChange: () => void): () => void
  /** Calls back when the job, its passes or its outputs may have changed. Returns a function that stops this. */
  followJob(id: JobId, onChange: () => void): () => void
}
