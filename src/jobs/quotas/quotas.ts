/** The most that one owner may have, or have open at once; null: no limit. */
export interface Quotas {
  /** Jobs that have not ended. */
  readonly queuedJobs: number | null
  /** Passes that run at once, on all workers together. Further ones wait. */
  readonly runningPasses: number | null
  /** Bytes of videos, assets and outputs. */
  readonly storedBytes: number | null
  /** Bytes of files that are sent on one day of UTC. */
  readonly sentBytesPerDay: number | null
  /** Event streams of this process. */
  readonly eventStreams: number | null
  /** Uploads of this process whose bodies are arriving. */
  readonly openUploads: number | null
}

export interface Used {
  readonly used: number
  /** null: no limit. */
  readonly limit: number | null
}

/** What an owner uses of the quotas. */
export interface Usage {
  readonly queuedJobs: Used
  /** Of the queued ones, those that have begun. */
  readonly runningJobs: number
  readonly runningPasses: Used
  readonly storedBytes: Used
  readonly sentBytesToday: Used
  /** When the count of sent bytes begins anew. */
  readonly dayEndsAt: Date
  /** Of the process that answers, as open uploads. */
  readonly eventStreams: Used
  readonly openUploads: Used
  /** Resumable ones that have not become a video. */
  readonly unfinishedUploads: Used
}
