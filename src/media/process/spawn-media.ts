import { type ChildProcess, spawn } from 'node:child_process'
import { AppError } from '../../errors.js'
import { confine, CONFINE_PATH, findConfinement, type MediaLimits, READING } from './confine.js'
import { lowerPriority } from './lower-priority.js'

/** The one place that starts ffmpeg and ffprobe. */
export interface MediaProcess {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Added to the few variables that a media process gets. */
  readonly env?: Readonly<Record<string, string>>
  /** Long work, which takes only what nobody else needs: not the API, heartbeats or the reading of files. */
  readonly yields?: true
  /** What it may use; by default that of one who only reads. */
  readonly limits?: MediaLimits
  /** Kills the process group; the promise then rejects with the signal's reason, once the process is gone. */
  readonly signal?: AbortSignal | undefined
  readonly onStdout: (chunk: Buffer) => void
  readonly onStderr?: (chunk: Buffer) => void
}

/** How a media process ended by itself or by somebody else's signal; ours reject. */
export interface MediaExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The end of what it said on stderr. */
  readonly stderrTail: string
}

const STDERR_TAIL_BYTES = 16_384

/**
 * Runs a media process to its end. No shell, no stdin, a group of its own, few variables, confined.
 * @throws AppError `ffmpeg-crashed` when the process cannot be started; the abort's reason
 */
export async function runMediaProcess(options: MediaProcess): Promise<MediaExit> {
  const confinement = await findConfinement()
  options.signal?.throwIfAborted()
  const wrapper = confine(confinement, options.limits ?? READING)
  const [command = options.command, ...args] = [...wrapper, options.command, ...options.args]
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...baseEnv(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  if (options.yields && child.pid !== undefined) lowerPriority(child.pid)
  child.stdout.on('data', options.onStdout)
  const stderrTail = keepTail(child.stderr)
  if (options.onStderr) child.stderr.on('data', options.onStderr)
  const kill = () => killGroup(child)
  options.signal?.addEventListener('abort', kill, { once: true })
  try {
    const exit = await waitForExit(child)
    options.signal?.throwIfAborted()
    if (NOT_STARTED.test(stderrTail())) throw notStarted(stderrTail())
    return { ...exit, stderrTail: stderrTail() }
  } finally {
    options.signal?.removeEventListener('abort', kill)
  }
}

/** What stands before the command speaks for itself: then nothing has been read of anybody's file. */
const NOT_STARTED = /^(?:unshare|prlimit|setpriv): /

function notStarted(cause: unknown): AppError {
  return new AppError('ffmpeg-crashed', 'ffmpeg or ffprobe could not be started.', { cause })
}

/**
 * SIGKILL at once: a half-written file is worthless and is removed, and ffmpeg's own way out on SIGTERM
 * (flush, trailer, faststart) would take seconds that a user who cancels waits for.
 */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

function waitForExit(child: ChildProcess): Promise<Pick<MediaExit, 'code' | 'signal'>> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(error)))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

function baseEnv(): Record<string, string> {
  return {
    PATH: CONFINE_PATH,
    LANG: 'C.UTF-8',
    HOME: '/nonexistent',
    AV_LOG_FORCE_NOCOLOR: '1',
    SVT_LOG: '1',
  }
}

function keepTail(stream: NodeJS.ReadableStream): () => string {
  let tail = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL_BYTES)
  })
  return () => tail.toString('utf8')
}
