import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { outOfResources } from '../errors.js'
import { NO_MEMORY, type Reply, type Request } from './messages.js'

/** How a child has come to its end. */
export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last that it wrote to stderr, for operators. */
  readonly words: string
}

/** A child process that runs one task at a time. */
export interface Child {
  /** Rejects with AppError `out-of-resources` when the child could not be started. */
  readonly ready: Promise<void>
  readonly ended: Promise<End>
  isAlive(): boolean
  /** Resolves with its end when it ends in place of an answer. */
  run(request: Request): Promise<Reply | End>
  kill(): void
}

export interface ChildCommand {
  /** Module that calls serveTasks. */
  readonly file: string
  /** Words that start Node, with what confines it before them and its options behind them. */
  readonly command: readonly [string, ...string[]]
}

/** The only variables of a child: it needs no secret and no setting. */
const ENV = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' }

/** V8 writes about 3000 characters when it ends for want of memory, the reason first. */
const MAX_WORDS = 4096

/** A child that has said nothing by then will not: it takes a second, and some where the machine has much to do. */
const MAX_START_MS = 60_000

export function startChild({ file, command: [execPath, ...execArgv] }: ChildCommand): Child {
  const child = fork(file, [], {
    ...{ execPath, execArgv, env: ENV },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  yieldToOthers(child.pid)
  let end: End | null = null
  // One listener for all tasks: a race with `ended` for each task would stay in memory as long as the child lives.
  let settle: (answer: Reply | End) => void = () => undefined
  const kill = () => {
    if (!end) child.kill('SIGKILL')
  }
  const ask = (send: () => void) =>
    new Promise<Reply | End>((resolve) => {
      settle = resolve
      if (end) resolve(end)
      else send()
    })
  child.on('message', (reply: Reply) => settle(reply))
  const ended = waitForEnd(child).then((how) => {
    end = how
    settle(how)
    return how
  })
  const startTimer = setTimeout(kill, MAX_START_MS)
  const ready = ask(() => undefined).then((first) => {
    clearTimeout(startTimer)
    if (!('kind' in first))
      throw outOfResources(new Error(`a child process did not start: ${describe(first)}`))
  })
  // Who waits for it learns of the failure; a child that is started ahead has nobody who waits.
  ready.catch(() => undefined)
  // A child that is gone is told by its end.
  const run = (request: Request) => ask(() => child.send(request, () => undefined))
  return { ready, ended, isAlive: () => !end, run, kill }
}

/** Answers to other requests, and the databases that they need, come before what one request has to be calculated. */
function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or we may not change it: no reason to fail.
  }
}

/** Signals by which V8 ends a process that has reached the limit of its heap; which one hangs on the version and the build. */
const SIGNALS_OF_V8: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGTRAP', 'SIGILL']

/** Whether a child ended because it needed more memory than it may have. */
export function hasExhaustedMemory({ code, signal }: End): boolean {
  return code === NO_MEMORY || SIGNALS_OF_V8.includes(signal)
}

export function describe({ code, signal, words }: End): string {
  return `${signal ?? `exit code ${code}`}${words === '' ? '' : `: ${words}`}`
}

/** A process that could not be started tells it by the event `error` alone. */
function waitForEnd(child: ChildProcess): Promise<End> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(0, MAX_WORDS)
  })
  return new Promise((resolve) => {
    child.on('error', ({ message }) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, words: message })
    })
    child.once('exit', (code, signal) => resolve({ code, signal, words: words.trim() }))
  })
}
