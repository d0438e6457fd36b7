import { setTimeout as delay } from 'node:timers/promises'
import { describeExit, type ServerProcess, spawnServer } from './child-process.js'
import type { Running } from './supervisor.js'

export interface NodeServiceOptions {
  readonly name: string
  /** Path of a compiled entry file. The process sends `{ type: 'ready', url? }` once it works, and ends on SIGTERM. */
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  readonly log: (line: string) => void
}

export interface NodeService extends Running {
  readonly pid: number
  /** Address of a service that listens; null: it does not listen. */
  readonly url: string | null
}

const START_TIMEOUT_MS = 60_000
/** A longer wait gains nothing: encodes that are cut off begin again at the next start. */
const STOP_GRACE_MS = 6_000

/** Runs one of our own entry files as a process, and resolves once it says that it is ready. */
export async function startNodeService({ name, script, env, log }: NodeServiceOptions): Promise<NodeService> {
  let ready: { url: string | null } | null = null
  const lastLines: string[] = []
  const server = await spawnServer({
    command: process.execPath,
    args: ['--enable-source-maps', script],
    // The process has nothing to save: its work begins again from the database.
    deathSignal: 'SIGKILL',
    env,
    onMessage: (message) => {
      ready ??= parseReady(message)
    },
    onLine: (line) => {
      lastLines.push(line)
      lastLines.splice(0, lastLines.length - 5)
      log(line)
    },
  })
  const stop = async () => {
    await server.stop({ signal: 'SIGTERM', graceMs: STOP_GRACE_MS })
  }
  try {
    const { url } = await untilReady(server, () => ready)
    return { pid: server.pid, url, exited: server.exited, stop, kill: server.kill }
  } catch (error) {
    server.kill()
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The ${name} did not start: ${reason}\n${lastLines.join('\n')}`, { cause: error })
  }
}

async function untilReady(
  server: ServerProcess,
  ready: () => { url: string | null } | null,
): Promise<{ url: string | null }> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline) {
    const message = ready()
    if (message) return message
    if (server.hasExited()) throw new Error(`it ended with ${describeExit(await server.exited)}`)
    await delay(10)
  }
  throw new Error(`it was not ready within ${START_TIMEOUT_MS / 1000} s`)
}

function parseReady(message: unknown): { url: string | null } | null {
  if (typeof message !== 'object' || message === null) return null
  if (!('type' in message) || message.type !== 'ready') return null
  return { url: 'url' in message && typeof message.url === 'string' ? message.url : null }
}
