import type { Logger } from 'pino'
import type { Health } from './check-health.js'
import type { MediaProber } from './ports/prober.js'
import type { Orchestrator, Repositories, Store, WorkFolders } from './ports/repositories.js'

/** The dependencies of the use cases. */
export interface JobsDeps {
  readonly repositories: Repositories
  readonly storage: Store
  readonly workFolders: WorkFolders
  /** What must stay free on the disk of the work folders. */
  readonly minFreeDiskBytes: number
  readonly orchestrator: Orchestrator
  readonly prober: MediaProber
  /** Encoders that ffmpeg lacks here. Absent: none. */
  readonly missingEncoders?: () => Promise<ReadonlySet<string>>
  readonly health: Health
  readonly log: Logger
}
