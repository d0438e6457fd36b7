import { extname } from 'node:path'
import { LIMITS } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import type { SubtitleFile, SubtitleFormat } from '../../plan/model/sources.js'
import { readSubtitles } from '../../plan/subtitles/read-subtitles.js'
import type { ReadAtMost } from '../read-at-most.js'

/** Subtitles have no signature, so the extension of the name tells their format. */
const FORMATS: Readonly<Record<string, SubtitleFormat>> = {
  '.srt': 'srt',
  '.vtt': 'vtt',
  '.ass': 'ass',
  '.ssa': 'ass',
}

/** null: the name does not have an extension of subtitles. */
export function subtitleFormat(name: string): SubtitleFormat | null {
  const extension = extname(name).toLowerCase()
  return Object.hasOwn(FORMATS, extension) ? (FORMATS[extension] ?? null) : null
}

/**
 * Reads and checks a whole file of subtitles.
 * @throws AppError `unsupported-media` when it is too large, in an unknown encoding, or not what its name says
 */
export async function readSubtitleFile(read: ReadAtMost, format: SubtitleFormat): Promise<SubtitleFile> {
  const bytes = await read(LIMITS.subtitleBytes)
  if (!bytes) {
    throw new AppError('unsupported-media', `The subtitles are larger than ${LIMITS.subtitleBytes} bytes.`)
  }
  const file = { format, text: decodeText(bytes) }
  const reading = readSubtitles(file)
  if (reading.ok) return file
  throw new AppError('unsupported-media', `The subtitles (${format}) cannot be read: ${reading.fault}.`)
}

/**
 * Decodes only what is certain: UTF-8, which text in other encodings hardly ever looks like, and UTF-16 with a byte
 * order mark. Latin-1 and its relatives cannot be told from one another.
 */
function decodeText(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  const text = tryDecode(bytes, encoding)
  if (text !== null && !text.includes('\0')) return text
  const message = 'The subtitles are neither UTF-8 nor UTF-16 with a byte order mark. Save them as UTF-8.'
  throw new AppError('unsupported-media', message)
}

/** Leaves out the byte order mark, which is not part of the text. null: the bytes are not valid in the encoding. */
function tryDecode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
