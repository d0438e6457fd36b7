import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { dieWithParent } from '../die-with-parent.js'
import { hasErrorCode, isOutOfResources } from '../errors.js'
import { remember } from '../remember.js'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ServerProcess {
  readonly pid: number
  /** Resolves when the process is gone. Never rejects. */
  readonly exited: Promise<Exit>
  readonly hasExited: () => boolean
  /** Sends the signal, waits, and kills the process group when the grace period is over. Safe to call twice. */
  readonly stop: (options: StopOptions) => Promise<Exit>
  /** SIGKILL for the whole process group, at once. */
  readonly kill: () => void
}

interface StopOptions {
  readonly signal: NodeJS.Signals
  readonly graceMs: number
}

export interface SpawnOptions {
  readonly command: string
  readonly args: readonly string[]
  /** Signal that the kernel sends to the child when this process dies, however it dies. */
  readonly deathSignal: 'SIGKILL' | 'SIGINT' | 'SIGTERM'
  /**
   * A command that the server runs under: `unshare --user …`. The death signal is set inside it, because a change of
   * credentials clears the signal.
   */
  readonly wrapper?: readonly string[]
  readonly cwd?: string
  /** Added to our own environment, which is passed on unread. */
  readonly env?: Readonly<Record<string, string>>
  /** Opens a message channel to a child that is a Node process; called for each message. */
  readonly onMessage?: (message: unknown) => void
  /** Called for every line of stdout and stderr. */
  readonly onLine?: (line: string) => void
}

/**
 * Starts a process that never outlives this one. It leads its own process group, so that Ctrl-C in the terminal reaches
 * only us and we can stop the processes in the right order.
 */
export async function spawnServer(options: SpawnOptions): Promise<ServerProcess> {
  const guard = (await deathSignalWorks()) ? dieWithParent(options.deathSignal) : []
  const [command = options.command, ...args] = [
    ...(options.wrapper ?? []),
    ...guard,
    options.command,
    ...options.args,
  ]
  const stdio: StdioOptions = options.onMessage
    ? ['ignore', 'pipe', 'pipe', 'ipc']
    : ['ignore', 'pipe', 'pipe']
  const child = spawn(command, args, {
    detached: true,
    stdio,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
  })
  forwardLines(child, options.onLine ?? (() => {}))
  if (options.onMessage) child.on('message', options.onMessage)
  await once(child, 'spawn')
  return toServerProcess(child)
}

/** Whether a process with that id exists, under any user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return hasErrorCode(error, 'EPERM')
  }
}

export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`
}

function toServerProcess(child: ChildProcess): ServerProcess {
  const { pid } = child
  if (pid === undefined) throw new Error('the process has no id')
  let exit: Exit | undefined
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal }
      resolve(exit)
    })
  })
  // A kill that fails only means that the process is gone already.
  child.on('error', () => {})
  const kill = () => {
    if (!exit) signalGroup(pid, 'SIGKILL')
  }
  const stop = async ({ signal, graceMs }: StopOptions): Promise<Exit> => {
    if (exit) return exit
    child.kill(signal)
    const cancelGrace = new AbortController()
    const graceOver = delay(graceMs, undefined, { signal: cancelGrace.signal }).then(kill, () => {})
    const result = await exited
    cancelGrace.abort()
    await graceOver
    return result
  }
  return {
    pid,
    exited,
    hasExited: () => exit !== undefined,
    stop,
    kill,
  }
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch {
    // The group has no process left.
  }
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine)
  }
}

/**
 * Works on Linux with util-linux. Elsewhere a killed parent leaves its children running; the next start stops them.
 * @throws Error when the system is out of resources: the next call tries again
 */
const deathSignalWorks = remember(canSetDeathSignal)

async function canSetDeathSignal(): Promise<boolean> {
  try {
    const probe = spawn('setpriv', ['--pdeathsig', 'KILL', '--', 'true'], { stdio: 'ignore' })
    await once(probe, 'exit')
    return probe.exitCode === 0
  } catch (error) {
    if (isOutOfResources(error)) throw error
    return false
  }
}
