import { randomInt } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { describeExit, type ServerProcess, spawnServer } from './child-process.js'
import { choosePort, isPortFree, PortInUseError, withPortNumber } from './ports.js'
import { startUiGuard, type UiAddress } from './ui-guard.js'

export interface TemporalServerOptions {
  /** Path of the `temporal` command line tool, which contains the server. */
  readonly binary: string
  /** 0: a free port. */
  readonly port: number
  /** 0: a free port. null: no UI. */
  readonly uiPort: number | null
  /** null: the database is kept in memory. */
  readonly dbFile: string | null
  /** Namespace that is created besides `default`. */
  readonly namespace?: string
  readonly log: (line: string) => void
}

export interface TemporalServer {
  readonly address: string
  readonly uiUrl: string | null
  readonly pid: number
  readonly exited: ServerProcess['exited']
  readonly stop: () => Promise<void>
  /** Sends SIGKILL at once. */
  readonly kill: () => void
}

const HOST = '127.0.0.1'
/** Generous, because a slow start on a busy machine would otherwise be broken off every time. */
const START_TIMEOUT_MS = 120_000
const STOP_GRACE_MS = 5_000
/** A server that cannot bind ends within this time, and no server answers sooner. */
const SETTLED_MS = 400

/**
 * Priorities and fairness of task queues are off by default in the servers that we start. They apply within one
 * partition of a queue, so tasks are written to a single one. All partitions are read, because an older installation
 * may have tasks in each.
 * https://docs.temporal.io/develop/task-queue-priority-fairness
 */
const DYNAMIC_CONFIG = [
  'matching.useNewMatcher=true',
  'matching.enableFairness=true',
  'matching.numTaskqueueWritePartitions=1',
  // The server has an HTTP API on a port of its own, which nobody uses and any page could. It is for no host name.
  'frontend.httpAllowedHosts=["none.invalid"]',
]

/** Runs Temporal's development server and resolves once it answers. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  if (options.dbFile !== null) await mkdir(dirname(options.dbFile), { recursive: true })
  return withPortNumber(options.port, HOST, async (port) => {
    const uiPort = options.uiPort === 0 ? await freeUiPort() : options.uiPort
    if (uiPort === null) return { ...(await startOn(port, null, options)), uiUrl: null }
    if (!(await isPortFree(uiPort, HOST))) throw new PortInUseError(uiPort)
    const ui = await hiddenAddress()
    return guarded(await startOn(port, ui, options), uiPort, ui)
  })
}

type UnguardedServer = Omit<TemporalServer, 'uiUrl'>

/** The server with its UI behind a guard, which ends with it. */
async function guarded(server: UnguardedServer, port: number, ui: UiAddress): Promise<TemporalServer> {
  try {
    const guard = await startUiGuard({ host: HOST, port }, ui)
    const exited = server.exited.finally(() => guard.close())
    const stop = async () => {
      await server.stop()
      await exited
    }
    return { ...server, exited, stop, uiUrl: `http://${HOST}:${port}` }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * Where nobody but the guard finds the UI: a page would have to guess one of millions of loopback addresses, and the
 * port. Systems other than Linux have one such address.
 */
async function hiddenAddress(): Promise<UiAddress> {
  const host = process.platform === 'linux' ? `127.${[1, 2, 3].map(() => randomInt(1, 255)).join('.')}` : HOST
  return { host, port: await choosePort('TEMPORAL_UI_PORT', { port: 0, isFixed: false }, host) }
}

async function startOn(
  port: number,
  ui: UiAddress | null,
  options: TemporalServerOptions,
): Promise<UnguardedServer> {
  // Another server on the port would answer in place of ours, which would fail to bind.
  if (!(await isPortFree(port, HOST))) throw new PortInUseError(port)
  const lastLines: string[] = []
  const server = await spawnServer({
    command: options.binary,
    args: serverArgs(port, ui, options),
    deathSignal: 'SIGTERM',
    onLine: (line) => {
      lastLines.push(line)
      lastLines.splice(0, lastLines.length - 5)
      options.log(line)
    },
  })
  const address = `${HOST}:${port}`
  try {
    await untilServing(server, address)
  } catch (error) {
    await server.stop({ signal: 'SIGTERM', graceMs: STOP_GRACE_MS })
    const taken = takenPort(lastLines)
    if (taken !== null) throw new PortInUseError(taken)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Temporal did not start: ${reason}\n${lastLines.join('\n')}`, { cause: error })
  }
  return {
    address,
    pid: server.pid,
    exited: server.exited,
    kill: server.kill,
    stop: async () => {
      await server.stop({ signal: 'SIGTERM', graceMs: STOP_GRACE_MS })
    },
  }
}

/**
 * The port that the server did not get: ours, or one of those that it chooses itself. Whether a port is free by now says
 * nothing, as what had it may have been a connection that is closed again.
 */
function takenPort(lines: readonly string[]): number | null {
  const port = lines.map((line) => /:(\d+): bind: address already in use/.exec(line)?.[1]).find(Boolean)
  return port === undefined ? null : Number(port)
}

function serverArgs(port: number, ui: UiAddress | null, options: TemporalServerOptions): string[] {
  return [
    'server',
    'start-dev',
    ...['--ip', HOST],
    ...['--port', String(port)],
    ...['--log-level', 'warn'],
    ...(ui === null ? ['--headless'] : ['--ui-ip', ui.host, '--ui-port', String(ui.port)]),
    ...(options.dbFile === null ? [] : ['--db-filename', options.dbFile]),
    ...(options.namespace === undefined ? [] : ['--namespace', options.namespace]),
    ...DYNAMIC_CONFIG.flatMap((setting) => ['--dynamic-config-value', setting]),
  ]
}

/** The port opens before the services behind it are ready, so a real request is made. */
async function untilServing(server: ServerProcess, address: string): Promise<void> {
  const since = performance.now()
  while (performance.now() < since + START_TIMEOUT_MS) {
    if (server.hasExited()) throw new Error(`it ended with ${describeExit(await server.exited)}`)
    if (performance.now() > since + SETTLED_MS && (await answers(address))) return
    await delay(50)
  }
  throw new Error(`it did not answer on ${address} within ${START_TIMEOUT_MS / 1000} s`)
}

async function answers(address: string): Promise<boolean> {
  let connection: Connection | undefined
  try {
    connection = await Connection.connect({ address, connectTimeout: 1000 })
    await connection.workflowService.describeNamespace({ namespace: 'default' })
    return true
  } catch {
    return false
  } finally {
    await connection?.close()
  }
}

async function freeUiPort(): Promise<number> {
  return choosePort('TEMPORAL_UI_PORT', { port: 0, isFixed: false }, HOST)
}
