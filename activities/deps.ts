import type { JobsDeps } from '../src/jobs/deps.js'
import type { Retention } from '../src/jobs/housekeeping/judge-leftover.js'
import type { MediaSlots, SlotGate } from '../src/jobs/ports/repositories.js'
import type { FfmpegTools } from '../src/media/process/run-ffmpeg.js'

/** What the activities are built from: the use cases' world, and ffmpeg. */
export interface ActivityDeps extends JobsDeps {
  readonly ffmpeg: FfmpegTools
  readonly retention: Retention
  /** Of this process's own worker. */
  readonly ownSlots: MediaSlots
  readonly slotGate: SlotGate
  /** Shown to operators as the worker of an attempt. */
  readonly workerName: string
}
