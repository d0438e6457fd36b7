import type { Owner } from '../model.js'

/** What owners have and were sent, for their quotas. */
export interface UsageRepository {
  /** Bytes of the owner's videos, assets and outputs that have not expired. */
  storedBytes(owner: Owner): Promise<number>
  /** `queued`: jobs that have not ended; `running`: those of them that have begun. */
  countJobs(owner: Owner): Promise<{ readonly queued: number; readonly running: number }>
  /** Passes of the owner that run, or whose worker has died and that are not tried again yet. */
  runningPasses(owner: Owner): Promise<number>
  /**
   * Adds to the bytes that the owner was sent on a day (`2026-11-30`), and returns their sum. A negative number takes
   * off what was counted too much; 0 changes nothing.
   */
  addSent(owner: Owner, day: string, bytes: number): Promise<number>
}
