import { join } from 'node:path'
import type { Config } from '../config.js'
import type { Services } from './connect-services.js'
import { lockDataDir } from './data-lock.js'
import { startPostgres, stopLeftoverPostgres } from './embedded-postgres.js'
import { startNodeService } from './node-service.js'
import { type PlatformInfo, removePlatformFile, writePlatformFile } from './platform-file.js'
import { choosePort, withPort } from './ports.js'
import { openServiceLogs, type ServiceLogs } from './service-log.js'
import { createSupervisor, type Supervisor } from './supervisor.js'
import { startTemporalServer } from './temporal-server.js'

export interface PlatformOptions {
  readonly config: Config
  readonly temporalBinary: string
  readonly apiScript: string
  readonly workerScript: string
  /** Shows a line to the person who runs the platform. */
  readonly print: (line: string) => void
}

export interface Platform {
  /** Resolves when every part is running. Rejects when a part does not start; call `stop` then, too. */
  readonly start: () => Promise<PlatformInfo>
  /** Stops the parts in order and waits for them. */
  readonly stop: () => Promise<void>
  /** Starts the API and the worker again, with the code that is there now. The servers keep running. */
  readonly restart: () => Promise<void>
  /** Sends SIGKILL to all parts at once. */
  readonly killAll: () => void
}

interface Parts {
  readonly options: PlatformOptions
  readonly supervisor: Supervisor
  readonly logs: ServiceLogs
}

const LOOPBACK = '127.0.0.1'
/** Each group needs those after it: the worker and the API finish their calls while Temporal and PostgreSQL answer. */
const STOP_ORDER = [['worker', 'api'], ['temporal'], ['postgres']]

/** Runs PostgreSQL, Temporal, API and worker on one machine, each as a process that is restarted if it ends. */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDir } = options.config.platform
  const unlock = await lockDataDir(dataDir)
  const logs = await openServiceLogs(dataDir, options.print)
  const supervisor = createSupervisor({ log: options.print })
  return {
    start: async () => {
      const parts = { options, supervisor, logs }
      const services = await startServices(parts)
      const apiUrl = await startOurs(parts, services)
      const info = { ...services, apiUrl }
      await writePlatformFile(dataDir, info)
      return info
    },
    stop: async () => {
      logs.quieten()
      await removePlatformFile(dataDir)
      await supervisor.stop(STOP_ORDER)
      await logs.close()
      await unlock()
    },
    restart: () => supervisor.restart(['api', 'worker']),
    killAll: supervisor.killAll,
  }
}

/** Starts both at once. When one fails, the other is waited for, so that `stop` finds it. */
async function startServices(parts: Parts): Promise<Services> {
  const database = startDatabase(parts)
  const temporal = startTemporal(parts)
  await Promise.allSettled([database, temporal])
  return { databaseUrl: await database, ...(await temporal) }
}

async function startDatabase({ options, supervisor, logs }: Parts): Promise<string> {
  const { database, platform } = options.config
  if (database.url !== null) return database.url
  const dataDir = join(platform.dataDir, 'postgres')
  const log = logs.lineOf('postgres')
  await stopLeftoverPostgres(dataDir)
  let port: number | null = null
  const postgres = await supervisor.run('postgres', async () => {
    // A restart uses the same port, because the clients know it.
    if (port !== null) return startPostgres({ dataDir, port, log })
    return withPort('POSTGRES_PORT', platform.postgresPort, LOOPBACK, async (chosen) => {
      const started = await startPostgres({ dataDir, port: chosen, log })
      port = chosen
      return started
    })
  })
  return postgres.url
}

async function startTemporal({ options, supervisor, logs }: Parts): Promise<Omit<Services, 'databaseUrl'>> {
  const { temporal, platform } = options.config
  if (temporal.address !== null) return { temporalAddress: temporal.address, temporalUiUrl: temporal.uiUrl }
  const shared = {
    binary: options.temporalBinary,
    dbFile: join(platform.dataDir, 'temporal', 'temporal.db'),
    namespace: temporal.namespace,
    log: logs.lineOf('temporal'),
  }
  let ports: { port: number; uiPort: number } | null = null
  const server = await supervisor.run('temporal', async () => {
    if (ports !== null) return startTemporalServer({ ...shared, ...ports })
    return withPort('TEMPORAL_PORT', platform.temporalPort, LOOPBACK, async (port) => {
      const uiPort = await choosePort('TEMPORAL_UI_PORT', platform.temporalUiPort, LOOPBACK)
      const started = await startTemporalServer({ ...shared, port, uiPort })
      ports = { port, uiPort }
      return started
    })
  })
  return { temporalAddress: server.address, temporalUiUrl: temporal.uiUrl ?? server.uiUrl }
}

/** Starts the API and the worker. Returns the API's address. */
async function startOurs(parts: Parts, services: Services): Promise<string> {
  const { runWorker } = parts.options.config.platform
  const env = {
    DATABASE_URL: services.databaseUrl,
    TEMPORAL_ADDRESS: services.temporalAddress,
    ...(services.temporalUiUrl === null ? {} : { TEMPORAL_UI_URL: services.temporalUiUrl }),
  }
  const api = startApi(parts, env)
  const worker = runWorker ? startWorker(parts, env) : Promise.resolve()
  await Promise.allSettled([api, worker])
  await worker
  const { url } = await api
  if (url === null) throw new Error('The API did not report its address.')
  return url
}

async function startApi({ options, supervisor, logs }: Parts, env: Record<string, string>) {
  const { apiScript: script, config } = options
  const { host, port: wanted, portIsFixed: isFixed } = config.http
  const log = logs.lineOf('api')
  // Says plainly that a port set by hand is in use.
  if (wanted !== 0 && isFixed) await choosePort('PORT', { port: wanted, isFixed }, host)
  // The API finds a free port itself: one that is free now may be taken when it listens. After that, clients know it.
  let port = isFixed || wanted === 0 ? String(wanted) : null
  return supervisor.run('api', async () => {
    const chosen = port === null ? {} : { PORT: port }
    const service = await startNodeService({ name: 'API', script, env: { ...env, ...chosen }, log })
    if (service.url !== null) ({ port } = new URL(service.url))
    return service
  })
}

async function startWorker({ options, supervisor, logs }: Parts, env: Record<string, string>): Promise<void> {
  const log = logs.lineOf('worker')
  const script = options.workerScript
  await supervisor.run('worker', () => startNodeService({ name: 'worker', script, env, log }))
}
