import type { Logger } from 'pino'
import type { Health } from './check-health.js'
import type { Retention } from './housekeeping/judge-leftover.js'
import type { Owner } from './model.js'
import type { Calculations } from './ports/calculations.js'
import type { Changes } from './ports/changes.js'
import type { Outbound } from './ports/outbound.js'
import type { Pictures } from './ports/pictures.js'
import type { MediaProber } from './ports/prober.js'
import type { Orchestrator, Repositories, Store, WorkFolders } from './ports/repositories.js'
import type { Quotas } from './quotas/quotas.js'

/** The dependencies of the use cases. */
export interface JobsDeps {
  readonly repositories: Repositories
  readonly storage: Store
  readonly workFolders: WorkFolders
  /** What must stay free on the disk of the work folders. */
  readonly minFreeDiskBytes: number
  readonly retention: Retention
  /** Of each owner. The repositories themselves keep the one of queued jobs. */
  readonly quotas: Quotas
  readonly orchestrator: Orchestrator
  /** Reads the files of an owner, each owner's in turn. */
  readonly proberFor: (owner: Owner) => MediaProber
  readonly health: Health
  readonly calculations: Calculations
  readonly pictures: Pictures
  readonly outbound: Outbound
  readonly changes: Changes
  readonly log: Logger
}
