import { constants } from 'node:os'
import { AppError, type ErrorCode } from '../../errors.js'
import { isErrorLine, readLogLine } from './log-line.js'
import type { MediaExit } from './spawn-media.js'

/** What ffmpeg and ffprobe say when a file exceeds LIMIT_ARGS. ffprobe may still exit with 0. */
const OVER_LIMITS = /exceeds (?:specified max pixel count|max_streams)/

/** @returns null when the file kept to the limits, as far as it was read */
export function overLimits({ stderrTail }: Pick<MediaExit, 'stderrTail'>): AppError | null {
  if (!OVER_LIMITS.test(errorsIn(stderrTail))) return null
  const message = 'The file has too many pixels in a picture, or too many streams.'
  return new AppError('media-over-limits', message, { cause: new Error(stderrTail.trim()) })
}

/** What the decoder itself says when a codec is not one of DECODERS. The name is ffmpeg's, not the file's. */
const UNREAD_CODEC = /^Codec \(([\w.-]{1,40})\) not on whitelist/m

/** @returns null when all codecs may be read, as far as the file was opened */
export function unreadCodec({ stderrTail }: Pick<MediaExit, 'stderrTail'>): AppError | null {
  const codec = UNREAD_CODEC.exec(errorsIn(stderrTail))?.[1]
  if (codec === undefined) return null
  return new AppError(
    'unsupported-media',
    `A track of the file is coded as ${codec}, which is not read. Convert it, or make a file without that track.`,
    { cause: new Error(stderrTail.trim()) },
  )
}

/** For users, whether ffmpeg met the full disk or the worker that writes files for it. */
export const STORAGE_FULL = 'The storage was full while rendering.'

/** What ffmpeg says in its errors, and what it means. The first match counts. */
const SIGNS: readonly (readonly [pattern: RegExp, code: ErrorCode, message: string])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk-full', STORAGE_FULL],
  [/Cannot allocate memory/, 'ffmpeg-crashed', 'ffmpeg ran out of memory.'],
  [
    /Invalid data found when processing input|moov atom not found|Error while decoding|does not contain any stream/,
    'source-damaged',
    'The source could not be decoded.',
  ],
  [
    /Unrecognized option|Option .+ not found|No such filter|Unknown encoder|Unknown decoder|Invalid argument|Error initializing|Error reinitializing/,
    'ffmpeg-rejected',
    'ffmpeg rejected the planned work.',
  ],
]

/** ffmpeg exits by itself on some signals, and names them, at the level `info`. No tag begins such a line. */
export const EXITING = /^Exiting normally, received signal (\d+)/

/**
 * Turns a failed exit into an error with a code. Its cause is what ffmpeg said, for operators. Only its own errors count:
 * a file may have a tag that reads like one.
 */
export function classifyExit(exit: MediaExit): AppError {
  const { code, signal, stderrTail } = exit
  const cause = new Error(stderrTail.trim() || `ffmpeg ended with ${signal ?? `exit code ${code}`}`)
  if (signal === 'SIGXFSZ')
    return new AppError('disk-full', 'The storage has no room for the file.', { cause })
  const errors = errorsIn(stderrTail)
  if (signalIn(stderrTail) === constants.signals.SIGXCPU)
    return new AppError('ffmpeg-stalled', 'ffmpeg used too much processor time.', { cause })
  if (signal) return new AppError('ffmpeg-crashed', `ffmpeg was ended by ${signal}.`, { cause })
  const excess = overLimits(exit) ?? unreadCodec(exit)
  if (excess) return excess
  const encoder = /Unknown encoder '([\w-]+)'/.exec(errors)?.[1]
  if (encoder)
    return new AppError('ffmpeg-rejected', `This build of ffmpeg lacks the encoder ${encoder}.`, { cause })
  const sign = SIGNS.find(([pattern]) => pattern.test(errors))
  if (sign) return new AppError(sign[1], sign[2], { cause })
  return new AppError('ffmpeg-crashed', `ffmpeg ended with exit code ${code}.`, { cause })
}

/** The number of the signal on which ffmpeg has ended itself; null: it names none. */
function signalIn(stderrTail: string): number | null {
  const named = stderrTail.split('\n').map((line) => EXITING.exec(readLogLine(line)?.text ?? '')?.[1])
  const last = named.findLast((number) => number !== undefined)
  return last === undefined ? null : Number(last)
}

/** The texts of ffmpeg's own errors, one in a line. */
function errorsIn(stderrTail: string): string {
  const own = stderrTail.split('\n').flatMap((line) => readLogLine(line) ?? [])
  return own.flatMap((line) => (isErrorLine(line) ? line.text : [])).join('\n')
}
