import { AppError } from '../errors.js'
import { OPTIONAL_ENCODERS, REQUIRED_ENCODERS } from '../plan/argv/required-encoders.js'
import { FILTERS } from '../plan/graph/filters.js'
import { remember } from '../remember.js'
import type { FfmpegTools } from './process/run-ffmpeg.js'
import { runMediaProcess } from './process/spawn-media.js'

const CHECK_TIMEOUT_MS = 5000

/**
 * Checks that ffmpeg and ffprobe run and have all that jobs need.
 * @throws AppError `ffmpeg-rejected` that names the missing parts, `out-of-resources`
 */
export async function checkCapabilities(tools: FfmpegTools): Promise<void> {
  const [encoders, filters] = await Promise.all([
    listNames(tools.ffmpegPath, '-encoders'),
    listNames(tools.ffmpegPath, '-filters'),
    listNames(tools.ffprobePath, '-version'),
  ])
  const missing = [
    ...[...REQUIRED_ENCODERS].filter((name) => !encoders.has(name)),
    ...FILTERS.filter((name) => !filters.has(name)),
  ]
  if (missing.length > 0) {
    throw new AppError('ffmpeg-rejected', `This build of ffmpeg lacks: ${missing.join(', ')}.`)
  }
}

/**
 * Finds the encoders of codecs that this build of ffmpeg lacks though clients may ask for them; none while it cannot be
 * asked.
 */
export function missingEncoders({ ffmpegPath }: Pick<FfmpegTools, 'ffmpegPath'>) {
  const list = remember(() => listNames(ffmpegPath, '-encoders'))
  return async (): Promise<ReadonlySet<string>> => {
    const encoders = await list().catch(() => null)
    return new Set(encoders ? [...OPTIONAL_ENCODERS].filter((name) => !encoders.has(name)) : [])
  }
}

/** The second word of each line of a listing: `libx264` in ` V....D libx264   H.264 …`. */
async function listNames(command: string, option: string): Promise<Set<string>> {
  let text = ''
  const exit = await runMediaProcess({
    command,
    args: ['-hide_banner', option],
    cwd: '/',
    signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
    onStdout: (chunk) => {
      text += chunk.toString('utf8')
    },
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'out-of-resources') throw error
    throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe could not be started.', { cause: error })
  })
  if (exit.code !== 0) throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe does not work.')
  return new Set(text.split('\n').flatMap((line) => line.trim().split(/\s+/)[1] ?? []))
}
