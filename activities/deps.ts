import type { JobsDeps } from '../src/jobs/deps.js'
import type { Retention } from '../src/jobs/housekeeping/judge-leftover.js'
import type { MediaSlots, SlotGate } from '../src/jobs/ports/repositories.js'
import type { FfmpegTools } from '../src/media/process/run-ffmpeg.js'

/** What the activities are built from: the dependencies of the use cases, and ffmpeg. */
export interface ActivityDeps extends JobsDeps {
  readonly ffmpeg: FfmpegTools
  readonly retention: Retention
  /** Slots of this process's own worker. */
  readonly ownSlots: MediaSlots
  readonly slotGate: SlotGate
  /** Name of this worker, which operators see beside its attempts. */
  readonly workerName: string
}
