import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { hasErrorCode, isOutOfResources } from '../errors.js'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ServerProcess {
  readonly pid: number
  /** Resolves when the process is gone. Never rejects. */
  readonly exited: Promise<Exit>
  readonly hasExited: () => boolean
  /** Signals, waits, and kills the process group when the grace is over. Safe to call twice. */
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
  /** What the kernel sends to the child when this process dies, however it dies. */
  readonly deathSignal: 'SIGKILL' | 'SIGINT' | 'SIGTERM'
  /**
   * A command that the server runs under, such as `unshare --user …`. The death signal is set inside of it,
   * because a change of credentials clears it.
   */
  readonly wrapper?: readonly string[]
  readonly cwd?: string
  /** Set on top of our own environment, which is passed on unread. */
  readonly env?: Readonly<Record<string, string>>
  /** Opens a message channel to a Node child; called for each message. */
  readonly onMessage?: (message: unknown) => void
  /** Every line of stdout and stderr. */
  readonly onLine?: (line: string) => void
}

let deathSignalKnown: Promise<boolean> | undefined

/**
 * Starts a process that lives as long as we do and no longer. It leads a process group of its own, so Ctrl-C in
 * the terminal reaches only us, and we stop the processes in the right order.
 */
export async function spawnServer(options: SpawnOptions): Promise<ServerProcess> {
  const guard = (await deathSignalWorks()) ? deathGuard(options.deathSignal) : []
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

/**
 * A parent that dies before the signal is set is not noticed by the kernel, so the child looks for it afterwards:
 * the shell knows its parent, compares it with us, and becomes the program.
 */
function deathGuard(signal: SpawnOptions['deathSignal']): string[] {
  const becomeProgram = '[ "$PPID" = "$0" ] && exec "$@"'
  return [
    ...['setpriv', '--pdeathsig', signal.slice('SIG'.length), '--'],
    ...['sh', '-c', becomeProgram, String(process.pid)],
  ]
}

/** True while a process of that id exists, whoever owns it. */
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
  // A kill that fails says no more than that the process is gone already.
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
    // Nobody is left in the group.
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
function deathSignalWorks(): Promise<boolean> {
  deathSignalKnown ??= canSetDeathSignal().catch((error: unknown) => {
    deathSignalKnown = undefined
    throw error
  })
  return deathSignalKnown
}

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
