import type { Pass } from '../../plan/model/plan.js'
import type { Owner } from '../model.js'

/** Makes single pictures that somebody waits for. */
export interface Pictures {
  /**
   * Runs the pass of one picture when it is the owner's turn, before encodes. Nothing is left on the disk.
   * @param signal aborted when nobody waits any more; the promise then rejects with its reason
   * @throws AppError `preview-timed-out`; `rate-limited` when too many pictures of the owner wait; those of ffmpeg
   */
  make(owner: Owner, pass: Pass, signal: AbortSignal): Promise<Buffer>
}
