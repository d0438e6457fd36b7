import { AppError } from '../../errors.js'
import { remember } from '../../remember.js'
import { askFfmpeg } from './ask-ffmpeg.js'

const known = new Map<string, () => Promise<boolean>>()

/**
 * Whether ffmpeg runs bitstream filters on what it reads, which it does since 7.0. Tried once.
 * @throws AppError `out-of-resources`
 */
export function takesInputFilters(ffmpegPath: string): Promise<boolean> {
  const find = known.get(ffmpegPath) ?? remember(() => tryInputFilter(ffmpegPath))
  known.set(ffmpegPath, find)
  return find()
}

async function tryInputFilter(ffmpegPath: string): Promise<boolean> {
  const args = [
    '-v',
    'quiet',
    '-bsf:v',
    'null',
    '-f',
    'lavfi',
    '-i',
    'color=s=16x16:r=1:d=1',
    '-f',
    'null',
    '-',
  ]
  try {
    await askFfmpeg({ command: ffmpegPath, args })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'ffmpeg-rejected') return false
    throw error
  }
}

/** Arguments without the bitstream filters of inputs, which stand before the last `-i`. */
export function withoutInputFilters(argv: readonly string[]): readonly string[] {
  const lastInput = argv.lastIndexOf('-i')
  const isFilter = (index: number) => index >= 0 && index < lastInput && argv[index] === '-bsf:v'
  return argv.filter((_, index) => !isFilter(index) && !isFilter(index - 1))
}
