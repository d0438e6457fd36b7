import { extname } from 'node:path'
import { LIMITS } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import type { SubtitleFile, SubtitleFormat } from '../../plan/model/sources.js'
import { detectFormat } from '../../plan/subtitles/detect-format.js'
import { readSubtitles } from '../../plan/subtitles/read-subtitles.js'
import { splitLines } from '../../plan/subtitles/split-lines.js'
import type { ReadAtMost } from '../read-at-most.js'
import { decodeText } from './decode-text.js'

/**
 * Names of files that are read as subtitles, or refused as such. The text tells the format; the name does where the
 * text does not. null: the text has to.
 */
const EXTENSIONS: Readonly<Record<string, SubtitleFormat | null>> = {
  '.srt': 'srt',
  '.vtt': 'vtt',
  '.ass': 'ass',
  '.ssa': 'ass',
  '.sbv': 'sbv',
  '.ttml': 'ttml',
  '.dfxp': 'ttml',
  '.itt': 'ttml',
  '.xml': null,
  '.sub': null,
  '.mpl': null,
  '.txt': null,
  '.smi': null,
  '.sami': null,
  '.scc': null,
  '.stl': null,
  '.lrc': null,
  '.idx': null,
  '.sup': null,
}

const TAKEN = 'SRT, WebVTT, ASS, SSA, SBV, TTML (DFXP), MicroDVD or MPL2'

/** First bytes of files that are no text, with what they are. */
const SIGNATURES: readonly (readonly [hex: string, kind: string])[] = [
  ['504b0304', 'a ZIP archive (unpack it first)'],
  ['526172211a07', 'a RAR archive (unpack it first)'],
  ['1f8b', 'a gzip archive (unpack it first)'],
  ['377abcaf271c', 'a 7z archive (unpack it first)'],
  ['25504446', 'a PDF'],
  ['000001ba', 'a VobSub file, which has pictures and no text'],
  ['5047', 'a PGS file, which has pictures and no text'],
  ['1a45dfa3', 'a Matroska file'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
]

/** Where an EBU file says what it is. */
const EBU_STL = { offset: 3, mark: Buffer.from('STL') }

/** Whether a file of this name is read as subtitles. */
export function hasSubtitleName(name: string): boolean {
  return Object.hasOwn(EXTENSIONS, extname(name).toLowerCase())
}

/** Whether a file that is no media is one of subtitles, whatever its name. */
export async function holdsSubtitles(read: ReadAtMost): Promise<boolean> {
  const bytes = await read(LIMITS.subtitleBytes)
  const decoded = bytes && decodeText(bytes)
  const seen = decoded && detectFormat(splitLines(decoded.text))
  return seen !== null && 'format' in seen
}

/**
 * Reads and checks a whole file of subtitles.
 * @throws AppError `unsupported-media` when it is too large, no text, or nothing of it can be read
 */
export async function readSubtitleFile(read: ReadAtMost, name: string): Promise<SubtitleFile> {
  const bytes = await read(LIMITS.subtitleBytes)
  if (!bytes) {
    throw new AppError('unsupported-media', `The subtitles are larger than ${LIMITS.subtitleBytes} bytes.`)
  }
  const binary = binaryKind(bytes)
  if (binary !== null) throw refusal(binary)
  const decoded = decodeText(bytes)
  if (!decoded) throw refusal('not a text')
  const file = { format: formatOf(decoded.text, name), ...decoded }
  const reading = readSubtitles(file)
  if (reading.ok) return file
  const kind = FORMAT_NAMES[file.format]
  throw new AppError('unsupported-media', `The subtitles (${kind}) cannot be read: ${reading.fault}.`)
}

const FORMAT_NAMES: Readonly<Record<SubtitleFormat, string>> = {
  srt: 'SRT',
  vtt: 'WebVTT',
  ass: 'ASS',
  sbv: 'SBV',
  ttml: 'TTML',
  microdvd: 'MicroDVD',
  mpl2: 'MPL2',
}

function formatOf(text: string, name: string): SubtitleFormat {
  const seen = detectFormat(splitLines(text))
  if (seen && 'unread' in seen) throw refusal(seen.unread)
  const format = seen?.format ?? EXTENSIONS[extname(name).toLowerCase()]
  if (format) return format
  throw refusal('a text in which no format of subtitles was recognised')
}

/** What a file is that is no text; null: it may be one. */
function binaryKind(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 8).toString('hex')
  const found = SIGNATURES.find(([hex]) => head.startsWith(hex) && bytes.includes(0))
  if (found) return found[1]
  const { offset, mark } = EBU_STL
  return bytes.subarray(offset, offset + mark.length).equals(mark) && bytes.includes(0x8f)
    ? 'an EBU file (STL)'
    : null
}

function refusal(kind: string): AppError {
  return new AppError('unsupported-media', `The file is ${kind}. Subtitles are taken as ${TAKEN}.`)
}
