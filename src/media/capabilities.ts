import { AppError } from '../errors.js'
import { REQUIRED_ENCODERS } from '../plan/argv/required-encoders.js'
import type { FfmpegTools } from './process/run-ffmpeg.js'
import { runMediaProcess } from './process/spawn-media.js'

/** Filters that every build of ffmpeg must have. */
const FILTERS = [
  'ass',
  'overlay',
  'scale',
  'pad',
  'color',
  'colorchannelmixer',
  'fps',
  'tpad',
  'trim',
  'thumbnail',
  'atrim',
  'aresample',
  'apad',
  'pan',
  'zscale',
  'tonemap',
  'premultiply',
  'palettegen',
  'paletteuse',
  'mpdecimate',
  'blend',
  'negate',
  'unpremultiply',
  'alphamerge',
  'extractplanes',
  'lutrgb',
  'geq',
  'alimiter',
  'ebur128',
  'ametadata',
  'astats',
  'sidechaincompress',
  'aloop',
  'adelay',
  'atempo',
  'loop',
  'fade',
  'transpose',
  'rotate',
  'tile',
  'amix',
]

const CHECK_TIMEOUT_MS = 5000

/**
 * Checks that ffmpeg and ffprobe run and have all that jobs need.
 * @throws AppError `ffmpeg-rejected` that names the missing parts
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

/** The second word of each line of a listing, e.g. `libx264` of ` V....D libx264   H.264 …`. */
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
    throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe could not be started.', { cause: error })
  })
  if (exit.code !== 0) throw new AppError('ffmpeg-rejected', 'ffmpeg or ffprobe does not work.')
  return new Set(text.split('\n').flatMap((line) => line.trim().split(/\s+/)[1] ?? []))
}
