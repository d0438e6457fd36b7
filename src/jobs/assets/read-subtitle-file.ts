import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { LIMITS } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import type { SubtitleFile, SubtitleFormat } from '../../plan/model/sources.js'
import { readSubtitles } from '../../plan/subtitles/read-subtitles.js'

/** Subtitles have no signature: they are told by the name's extension. */
const FORMATS: Readonly<Record<string, SubtitleFormat>> = {
  ...{ '.srt': 'srt', '.vtt': 'vtt', '.ass': 'ass', '.ssa': 'ass' },
}

/** null: the name is none of a file of subtitles. */
export function subtitleFormat(name: string): SubtitleFormat | null {
  const extension = extname(name).toLowerCase()
  return Object.hasOwn(FORMATS, extension) ? (FORMATS[extension] ?? null) : null
}

/**
 * Reads a file of subtitles to its end.
 * @throws AppError `unsupported-media` when it is too large, in an unknown encoding, or not what its name says
 */
export async function readSubtitleFile(path: string, format: SubtitleFormat): Promise<SubtitleFile> {
  const file = { format, text: decodeText(await readAtMost(path, LIMITS.subtitleBytes)) }
  const reading = readSubtitles(file)
  if (reading.ok) return file
  throw new AppError('unsupported-media', `The subtitles (${format}) cannot be read: ${reading.fault}.`)
}

async function readAtMost(path: string, limit: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size <= limit) return await file.readFile()
  } finally {
    await file.close()
  }
  throw new AppError('unsupported-media', `The subtitles are larger than ${limit} bytes.`)
}

/**
 * Only what is certain: UTF-8, which other encodings hardly ever look like, and what says by its first bytes that
 * it is UTF-16. Latin-1 and its kin cannot be told from one another.
 */
function decodeText(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  const text = tryDecode(bytes, encoding)
  if (text !== null && !text.includes('\0')) return text
  const message = 'The subtitles are neither UTF-8 nor UTF-16 with a byte order mark: save them as UTF-8.'
  throw new AppError('unsupported-media', message)
}

/** The byte order mark is no part of the text. */
function tryDecode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
