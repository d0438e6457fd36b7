import { type ChildProcess, spawn } from 'node:child_process'
import { AppError, hasErrorCode, isOutOfResources, outOfResources } from '../../errors.js'
import { confine, CONFINE_PATH, findConfinement, type MediaLimits, READING } from './confine.js'
import { lowerPriority } from './lower-priority.js'
import { isYielding } from './yielding.js'

/** One run of ffmpeg or ffprobe. Both are started here and nowhere else. */
export interface MediaProcess {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Added to the few variables that a media process gets. */
  readonly env?: Readonly<Record<string, string>>
  /** Long work, which takes only the time that the API, heartbeats and the reading of files leave. */
  readonly yields?: true
  /** What the process may use; by default READING. */
  readonly limits?: MediaLimits
  /** Kills the process group; the promise then rejects with the signal's reason, once the process is gone. */
  readonly signal?: AbortSignal | undefined
  readonly onStdout: (chunk: Buffer) => void
  readonly onStderr?: (chunk: Buffer) => void
}

/** How a media process ended by itself or by a signal that is not ours; after one of ours the promise rejects. */
export interface MediaExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The end of what it wrote to stderr. */
  readonly stderrTail: string
}

const STDERR_TAIL_BYTES = 16_384
const STDERR_HEAD_BYTES = 1024

/**
 * Runs a media process to its end: without a shell or stdin, in its own process group, with few variables, confined.
 * @throws AppError when the process cannot be started: `out-of-resources` when the system has no file descriptor,
 *   process or memory for it, `ffmpeg-rejected` when its arguments are too long, else `ffmpeg-crashed`; the signal's
 *   reason after an abort
 */
export async function runMediaProcess(options: MediaProcess): Promise<MediaExit> {
  const confinement = await findConfinement()
  options.signal?.throwIfAborted()
  const child = start(options, confine(confinement, options.limits ?? READING))
  // Before the streams are touched: without file descriptors for them there are none, and only this event says so.
  const exited = waitForExit(child)
  if ((options.yields || isYielding()) && child.pid !== undefined) lowerPriority(child.pid)
  child.stdout?.on('data', options.onStdout)
  const stderr = keepEnds(child.stderr)
  if (options.onStderr) child.stderr?.on('data', options.onStderr)
  const kill = () => killGroup(child)
  options.signal?.addEventListener('abort', kill, { once: true })
  try {
    const exit = await exited
    options.signal?.throwIfAborted()
    if (exit.code !== 0 && WRAPPER_FAILED.test(stderr.head())) throw wrapperFailed(stderr.head())
    return { ...exit, stderrTail: stderr.tail() }
  } finally {
    options.signal?.removeEventListener('abort', kill)
  }
}

/** Some failures are thrown, others come as the event `error`: see waitForExit. */
function start(options: MediaProcess, wrapper: readonly string[]): ChildProcess {
  const [command = options.command, ...args] = [...wrapper, options.command, ...options.args]
  try {
    return spawn(command, args, {
      cwd: options.cwd,
      env: { ...baseEnv(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
  } catch (error) {
    throw notStarted(error)
  }
}

function notStarted(cause: unknown): AppError {
  if (isOutOfResources(cause)) return outOfResources(cause)
  if (hasErrorCode(cause, 'E2BIG')) {
    return new AppError('ffmpeg-rejected', 'The work needs a longer command line than the system allows.', {
      cause,
    })
  }
  return new AppError('ffmpeg-crashed', 'ffmpeg or ffprobe could not be started.', { cause })
}

/**
 * The programs before the command begin their messages so; the command has then not run, nor read any file. Only the
 * first words count: any that come later may be of a file, such as a tag that ffmpeg shows.
 */
const WRAPPER_FAILED = /^(?:unshare|prlimit|setpriv|sh): /

/** EAGAIN, ENOMEM, EMFILE, ENFILE, and too many namespaces (ENOSPC), in the words of the wrapper. */
const OUT_OF_RESOURCES =
  /Resource temporarily unavailable|Cannot allocate memory|Too many open files|No space left on device/

function wrapperFailed(words: string): AppError {
  const cause = new Error(words.trim())
  return OUT_OF_RESOURCES.test(words) ? outOfResources(cause) : notStarted(cause)
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
    child.on('error', (error) => reject(notStarted(error)))
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
    // A static build of ffmpeg that converts a character set, such as the one of a service name in MPEG-TS, loads the
    // machine's modules for that into its own C library and crashes. Where there are none it leaves the text as it is.
    GCONV_PATH: '/nonexistent',
  }
}

/** A tail that was cut begins with a whole line: the rest of a line of a file's text may read like one of ffmpeg. */
function keepEnds(stream: NodeJS.ReadableStream | null): { head: () => string; tail: () => string } {
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  let isCut = false
  stream?.on('data', (chunk: Buffer) => {
    if (head.length < STDERR_HEAD_BYTES)
      head = Buffer.concat([head, chunk.subarray(0, STDERR_HEAD_BYTES - head.length)])
    const all = Buffer.concat([tail, chunk])
    isCut ||= all.length > STDERR_TAIL_BYTES
    tail = all.subarray(-STDERR_TAIL_BYTES)
  })
  return {
    head: () => head.toString('utf8'),
    tail: () => tail.subarray(isCut ? tail.indexOf('\n') + 1 : 0).toString('utf8'),
  }
}
