import type { JobsDeps } from '../src/jobs/deps.js'
import type { MediaSlots, SlotGate } from '../src/jobs/ports/repositories.js'
import type { FfmpegTools } from '../src/media/process/run-ffmpeg.js'
import type { Solitude } from './solitude.js'

/** What the activities are built from: the dependencies of the use cases, and ffmpeg. */
export interface ActivityDeps extends JobsDeps {
  readonly ffmpeg: FfmpegTools
  /** Slots of this process's own worker. */
  readonly ownSlots: MediaSlots
  readonly slotGate: SlotGate
  readonly solitude: Solitude
  /** How long a step of a job may wait for what is unavailable. */
  readonly maxWaitMs: number
  /** Name of this worker, which operators see beside its attempts. */
  readonly workerName: string
}
