import { setTimeout as delay } from 'node:timers/promises'
import { describeExit, type Exit } from './child-process.js'

export interface Running {
  readonly exited: Promise<Exit>
  readonly stop: () => Promise<void>
  readonly kill: () => void
}

export interface Supervisor {
  /** Starts a service and keeps it running. Rejects if the first start fails; later starts are tried again. */
  readonly run: <T extends Running>(name: string, start: () => Promise<T>) => Promise<T>
  /** Stops these services. They start again at once, even those that were waiting to be tried again after a crash. */
  readonly restart: (names: readonly string[]) => Promise<void>
  /** Stops group after group, the services of a group at the same time. From then on nothing is started. */
  readonly stop: (order: readonly (readonly string[])[]) => Promise<void>
  /** Sends SIGKILL to all services at once. */
  readonly killAll: () => void
}

interface SupervisorOptions {
  readonly log: (line: string) => void
  /** Delay before the n-th restart in a row, counted from 1. */
  readonly backoffMs?: (restart: number) => number
  /** After a run of at least this length, restarts are counted from 1 again. */
  readonly stableAfterMs?: number
}

const DEFAULT_BACKOFF_MS = (restart: number) => Math.min(500 * 2 ** (restart - 1), 15_000)
const DEFAULT_STABLE_AFTER_MS = 30_000

interface Service {
  readonly name: string
  readonly start: () => Promise<Running>
  current: Running | null
  /** The start that is under way. Never rejects. */
  starting: Promise<unknown>
  /** Aborted by a request for a restart; the next start replaces it. */
  request: AbortController
}

interface State extends Required<SupervisorOptions> {
  readonly services: Map<string, Service>
  readonly stopping: AbortController
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const state: State = {
    backoffMs: DEFAULT_BACKOFF_MS,
    stableAfterMs: DEFAULT_STABLE_AFTER_MS,
    ...options,
    services: new Map(),
    stopping: new AbortController(),
  }
  return {
    run: async (name, start) => {
      if (isStopping(state)) throw new Error(`${name} is not started, because the platform is stopping`)
      const request = new AbortController()
      const service: Service = { name, start, current: null, starting: Promise.resolve(), request }
      state.services.set(name, service)
      const running = await launch(service, start)
      void keepRunning(state, service)
      return running
    },
    restart: async (names) => {
      await Promise.all(names.map((name) => stopForRestart(state.services.get(name))))
    },
    stop: async (order) => {
      state.stopping.abort()
      for (const group of order) {
        await Promise.all(group.map((name) => stopService(state.services.get(name))))
      }
    },
    killAll: () => {
      state.stopping.abort()
      for (const { current } of state.services.values()) current?.kill()
    },
  }
}

async function launch<T extends Running>(service: Service, start: () => Promise<T>): Promise<T> {
  const started = start()
  service.starting = started.catch(() => {})
  const running = await started
  service.current = running
  return running
}

/** Never rejects. Returns when the platform stops. */
async function keepRunning(state: State, service: Service): Promise<void> {
  let restarts = 0
  while (service.current) {
    const since = performance.now()
    const exit = await service.current.exited
    service.current = null
    if (performance.now() - since >= state.stableAfterMs) restarts = 0
    let problem: string | null = `ended with ${describeExit(exit)}`
    while (problem !== null && !isStopping(state)) {
      restarts = service.request.signal.aborted ? 0 : restarts + 1
      if (restarts > 0) {
        const waitMs = state.backoffMs(restarts)
        state.log(`${service.name} ${problem}; restarting in ${(waitMs / 1000).toFixed(1)} s`)
        const signal = AbortSignal.any([state.stopping.signal, service.request.signal])
        await delay(waitMs, undefined, { signal }).catch(() => {})
      }
      service.request = new AbortController()
      problem = await restart(state, service)
    }
  }
}

/** @returns what went wrong; null: nothing */
async function restart(state: State, service: Service): Promise<string | null> {
  if (isStopping(state)) return null
  try {
    await launch(service, service.start)
    state.log(`${service.name} is running again`)
    return null
  } catch (error) {
    return `did not start (${error instanceof Error ? error.message : String(error)})`
  }
}

/** A start that is under way may have loaded code of before the request, so it is waited for and stopped as well. */
async function stopForRestart(service: Service | undefined): Promise<void> {
  service?.request.abort()
  await stopService(service)
}

/** Waits for a start that is under way, so that it leaves no process behind. */
async function stopService(service: Service | undefined): Promise<void> {
  await service?.starting
  await service?.current?.stop()
}

function isStopping({ stopping }: State): boolean {
  return stopping.signal.aborted
}
