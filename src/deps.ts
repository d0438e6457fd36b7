import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { ActivityDeps } from '../activities/deps.js'
import type { Config } from './config.js'
import { createRepositories } from './db/create-repositories.js'
import { checkDatabase, close, connectDatabase, type Database } from './db/database.js'
import { checkDependency } from './jobs/check-health.js'
import type { Store } from './jobs/ports/storage.js'
import { checkCapabilities, missingEncoders } from './media/capabilities.js'
import { createProber } from './media/create-prober.js'
import { findConfinement } from './media/process/confine.js'
import { writeFontConfig } from './media/process/font-config.js'
import type { FfmpegTools } from './media/process/run-ffmpeg.js'
import { connectServices } from './platform/connect-services.js'
import { readTools } from './platform/tools.js'
import { createLocalStorage } from './storage/local-storage.js'
import { createOrchestrator } from './temporal/orchestrator.js'
import { createSlotGate, type SuppliedGate } from './temporal/slot-gate.js'

export interface Deps extends ActivityDeps {
  readonly database: Database
  readonly orchestrator: ReturnType<typeof createOrchestrator>
  readonly temporalAddress: string
  readonly slotGate: SuppliedGate
  close(): Promise<void>
}

/** Wires a process. Only this file knows the implementation behind each port. */
export async function createDeps(config: Config, log: Logger): Promise<Deps> {
  const services = await connectServices(config)
  const database = connectDatabase(services.databaseUrl)
  const { storage, workFolders } = createLocalStorage({ root: config.storage.dir })
  await reportStorage(storage, log)
  const orchestrator = createOrchestrator({
    address: services.temporalAddress,
    namespace: config.temporal.namespace,
    uiUrl: services.temporalUiUrl,
  })
  const ffmpeg = await findFfmpeg(config)
  // Found once, at the start, because the health report must not fail for it.
  const confinement = await findConfinement()
  return {
    database,
    repositories: createRepositories(database, config.maxQueuedJobs),
    storage,
    workFolders,
    minFreeDiskBytes: config.storage.minFreeBytes,
    orchestrator,
    prober: createProber(ffmpeg.ffprobePath),
    missingEncoders: missingEncoders(ffmpeg),
    health: {
      database: () => checkDatabase(database),
      orchestrator: () => orchestrator.check(),
      storage: () => storage.check(),
      ffmpeg: () => checkCapabilities(ffmpeg),
      confinement: () => Promise.resolve(confinement),
    },
    log,
    ffmpeg,
    retention: config.retention,
    slotGate: createSlotGate(config.media.slots),
    ownSlots: { slots: config.media.slots, threadsPerSlot: config.media.threadsPerSlot },
    workerName: `${hostname()}:${process.pid}`,
    temporalAddress: services.temporalAddress,
    close: async () => {
      await orchestrator.close()
      await close(database)
    },
  }
}

/** A storage that cannot be used shows in the health; this says it at the start, too. */
async function reportStorage(storage: Store, log: Logger): Promise<void> {
  const { message } = await checkDependency(() => storage.check())
  if (message !== null) log.error(message)
}

async function findFfmpeg({ media, platform }: Config): Promise<FfmpegTools> {
  const tools = readTools()
  return {
    ffmpegPath: media.ffmpegPath ?? tools.ffmpegPath ?? 'ffmpeg',
    ffprobePath: media.ffprobePath ?? tools.ffprobePath ?? 'ffprobe',
    fontConfigPath: await writeFontConfig(media.fontsDir, join(platform.dataDir, 'fontconfig')),
    stallTimeoutSec: media.stallTimeoutSec,
  }
}
