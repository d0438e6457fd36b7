import { decodeAs, guessEncoding } from './guess-encoding.js'

export interface DecodedText {
  readonly text: string
  /** The encoding, where it had to be guessed; absent: it is certain. */
  readonly guessedEncoding?: string
}

/** Bytes in which UTF-16 without a mark shows itself. */
const SAMPLE_BYTES = 4096

/** One broken character in so many of more than one byte is damage; more are another encoding. */
const WHOLE_TO_BROKEN = 20

/**
 * Decodes a text. UTF-8 is certain, since text in other encodings hardly ever looks like it, and so is UTF-16 with a
 * byte order mark; everything else is a guess. null: it is no text.
 */
export function decodeText(bytes: Buffer): DecodedText | null {
  const marked = MARKS.find(({ mark }) => bytes.subarray(0, mark.length).equals(mark))
  if (marked) return ifText(new TextDecoder(marked.encoding).decode(bytes))
  const utf16 = unmarkedUtf16(bytes)
  if (utf16) return ifText(new TextDecoder(utf16).decode(bytes), utf16.toUpperCase())
  const whole = tryUtf8(bytes)
  if (whole !== null) return ifText(whole)
  const lossy = damagedUtf8(bytes)
  if (lossy !== null) return ifText(lossy, 'UTF-8 with broken characters')
  const guess = guessEncoding(bytes)
  return guess && ifText(decodeAs(guess.encoding, bytes), guess.name)
}

const MARKS = [
  { mark: Buffer.from('efbbbf', 'hex'), encoding: 'utf-8' },
  { mark: Buffer.from('fffe', 'hex'), encoding: 'utf-16le' },
  { mark: Buffer.from('feff', 'hex'), encoding: 'utf-16be' },
] as const

/** Text has no NULs, but for a few that programs leave at its end. */
function ifText(text: string, guessedEncoding?: string): DecodedText | null {
  const nuls = text.split('\0').length - 1
  if (nuls > text.length / 100) return null
  return { text, ...(guessedEncoding !== undefined && { guessedEncoding }) }
}

/** Digits, blanks and line ends have a NUL in each pair of bytes; null: this is not so. */
function unmarkedUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const nuls = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = nuls
  if (Math.max(even, odd) < sample.length / 10 || Math.min(even, odd) > sample.length / 100) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}

function tryUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** UTF-8 of which a little is broken, as where a file was cut; null: too much is. */
function damagedUtf8(bytes: Buffer): string | null {
  const text = new TextDecoder('utf-8').decode(bytes)
  let [whole, broken] = [0, 0]
  for (const character of text) {
    if (character === '\ufffd') broken += 1
    else if (character > '\u007f') whole += 1
  }
  return whole >= WHOLE_TO_BROKEN * broken ? text : null
}
