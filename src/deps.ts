import { cpus, hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { ActivityDeps } from '../activities/deps.js'
import { createSolitude } from '../activities/solitude.js'
import type { Tasks } from './child.js'
import type { ChildCommand } from './children/child.js'
import { type Children, createChildren } from './children/create-children.js'
import type { Config } from './config.js'
import { createChanges } from './db/changes.js'
import { createRepositories } from './db/create-repositories.js'
import { checkDatabase, close, connectDatabase, type Database } from './db/database.js'
import type { QueueLimits } from './db/repositories/queue-limit.js'
import { watchEventLoop } from './event-loop.js'
import { createFairPictures } from './fair-pictures.js'
import { createFairProber } from './fair-prober.js'
import { findFfmpeg } from './ffmpeg-tools.js'
import { createKeptFonts } from './jobs/assets/fonts/keep-fonts.js'
import { checkDependency, type Health } from './jobs/check-health.js'
import type { Calculations } from './jobs/ports/calculations.js'
import type { Confinement } from './jobs/ports/confinement.js'
import type { Store } from './jobs/ports/storage.js'
import { findCapabilities, readVersions } from './media/capabilities/find-capabilities.js'
import { createProber } from './media/create-prober.js'
import { confine, findConfinement, type MediaLimits } from './media/process/confine.js'
import { createOutbound } from './outbound/create-outbound.js'
import { connectServices } from './platform/connect-services.js'
import { remember } from './remember.js'
import { createLocalStorage } from './storage/local-storage.js'
import { createOrchestrator } from './temporal/orchestrator.js'
import { createSlotGate, type SuppliedGate } from './temporal/slot-gate.js'

/** The owner of one task leaves the other child to others. */
const CHILDREN = { children: 2, deadlineMs: 30_000, waitingPerOwner: 100 }

/** Files that are probed for requests. An owner may have as many at once as there are processors. */
const PROBES = { places: cpus().length + 1, waitingPerOwner: 100 }

/** Pictures that are made for requests, beside the encodes: each may need the memory of one. */
const PICTURES = { places: 3, waitingPerOwner: 20 }

const HEAP_MIB = 512
/** The heap; twice as much for Node itself, the stacks of its threads, and the bytes of the file that it reads. */
const CHILD_LIMITS: MediaLimits = { cpuSec: 86_400, memoryBytes: 3 * HEAP_MIB * 1024 ** 2, fileBytes: 0 }

export interface Deps extends ActivityDeps {
  readonly database: Database
  readonly orchestrator: ReturnType<typeof createOrchestrator>
  readonly temporalAddress: string
  readonly slotGate: SuppliedGate
  readonly children: Children<Tasks>
  close(): Promise<void>
}

/** Wires a process. Only this file knows the implementation behind each port. */
export async function createDeps(config: Config, log: Logger): Promise<Deps> {
  const services = await connectServices(config)
  const database = connectDatabase(services.databaseUrl)
  const { storage, workFolders } = createLocalStorage({ root: config.storage.dir })
  await reportStorage(storage, log)
  const { temporalAddress, temporalUiUrl: uiUrl } = services
  const { namespace } = config.temporal
  const orchestrator = createOrchestrator({ address: temporalAddress, namespace, uiUrl })
  const ffmpeg = await findFfmpeg(config)
  const media = { storage, workFolders, ffmpeg, minFreeDiskBytes: config.storage.minFreeBytes }
  // Found once, at the start, because the health report must not fail for it.
  const confinement = await findConfinement()
  const children = createChildren<Tasks>({
    ...CHILDREN,
    file: fileURLToPath(new URL('./child.js', import.meta.url)),
    command: childCommand(confinement),
  })
  const outbound = createOutbound(config.outbound)
  const changes = createChanges(database, log)
  const capabilities = remember(() => findCapabilities(ffmpeg))
  return {
    database,
    repositories: createRepositories(database, queueLimits(config)),
    ...media,
    quotas: config.quotas,
    orchestrator,
    proberFor: createFairProber(createProber(ffmpeg), PROBES),
    pictures: createFairPictures(media, PICTURES),
    health: {
      ...createHealth({ database, storage, orchestrator, ffmpeg, capabilities }),
      confinement: () => Promise.resolve(confinement),
    },
    calculations: createCalculations(children),
    children,
    outbound,
    changes,
    log,
    retention: config.retention,
    slotGate: createSlotGate(config.media.slots),
    solitude: createSolitude(),
    maxWaitMs: config.media.maxWaitHours * 3_600_000,
    ownSlots: { slots: config.media.slots, threadsPerSlot: config.media.threadsPerSlot },
    workerName: `${hostname()}:${process.pid}`,
    temporalAddress,
    close: async () => {
      for (const part of [children, outbound, orchestrator, changes]) await part.close()
      await close(database)
    },
  }
}

function createCalculations(children: Children<Tasks>): Calculations {
  const keptFonts = createKeptFonts()
  return {
    font: (owner, sha256, withFile) =>
      keptFonts(sha256, () => withFile((path) => children.run(owner, 'readFont', { path }))),
    compile: (owner, task) => children.run(owner, 'compile', task),
    preview: (owner, task) => children.run(owner, 'preview', task),
    picture: (owner, task) => children.run(owner, 'picture', task),
    measure: (owner, task) => children.run(owner, 'measure', task),
    read: (owner, task) => children.run(owner, 'read', task),
  }
}

/** They read what users send, so they are confined like ffmpeg. The signal of a parent that dies ends a busy child, too. */
function childCommand(confinement: Confinement): ChildCommand['command'] {
  const [first, ...rest] = [...confine(confinement, CHILD_LIMITS), process.execPath]
  return [first, ...rest, `--max-old-space-size=${HEAP_MIB}`]
}

function queueLimits({ maxQueuedJobs, quotas }: Config): QueueLimits {
  return { ofAll: maxQueuedJobs, ofOwner: quotas.queuedJobs }
}

interface Checked {
  readonly database: Database
  readonly storage: Store
  readonly orchestrator: Deps['orchestrator']
  readonly ffmpeg: Deps['ffmpeg']
  readonly capabilities: Health['capabilities']
}

function createHealth({
  database,
  storage,
  orchestrator,
  ffmpeg,
  capabilities,
}: Checked): Omit<Health, 'confinement'> {
  return {
    database: () => checkDatabase(database),
    orchestrator: () => orchestrator.check(),
    storage: () => storage.check(),
    ffmpeg: async () => {
      await readVersions(ffmpeg)
      await capabilities()
    },
    capabilities,
    loopDelay: watchEventLoop(),
  }
}

/** A storage that cannot be used shows in the health; this says it at the start, too. */
async function reportStorage(storage: Store, log: Logger): Promise<void> {
  const { message } = await checkDependency(() => storage.check())
  if (message !== null) log.error(message)
}
