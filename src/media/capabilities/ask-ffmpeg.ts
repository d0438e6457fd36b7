import { AppError } from '../../errors.js'
import { type MediaLimits, READING } from '../process/confine.js'
import { runMediaProcess } from '../process/spawn-media.js'

/** A short run of ffmpeg or ffprobe that asks it something. */
interface Question {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** What it may use; by default READING. */
  readonly limits?: MediaLimits
}

/** Looking for fonts takes a second or two on an idle machine. */
const TIMEOUT_MS = 20_000

/**
 * Runs ffmpeg or ffprobe, and gives what it writes to stdout.
 * @throws AppError `ffmpeg-rejected` when it does not run or fails, `out-of-resources`
 */
export async function askFfmpeg({
  command,
  args,
  cwd = '/',
  env = {},
  limits = READING,
}: Question): Promise<Buffer> {
  const answer: Buffer[] = []
  const exit = await runMediaProcess({
    command,
    args: ['-hide_banner', ...args],
    cwd,
    env,
    limits,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    onStdout: (chunk) => answer.push(chunk),
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'out-of-resources') throw error
    throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe could not be started.', { cause: error })
  })
  if (exit.code === 0) return Buffer.concat(answer)
  throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe does not work.', {
    cause: new Error(exit.stderrTail.trim()),
  })
}
