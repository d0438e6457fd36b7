import { open } from 'node:fs/promises'

/** Of the File Properties Object, as it is written: ASF specification, 3.2. */
const FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex')

/** The object is among the first of the header. */
const HEAD_BYTES = 65_536

const PLAY_DURATION_OFFSET = 64
const PREROLL_OFFSET = 80

/**
 * The length that the header of an ASF file (wmv, wma) states, in seconds: ffprobe keeps it to itself when the
 * file is shorter than it should be. null: it states none.
 */
export async function readAsfLength(path: string): Promise<number | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const at = buffer.subarray(0, bytesRead).indexOf(FILE_PROPERTIES)
    if (at < 0 || at + PREROLL_OFFSET + 8 > bytesRead) return null
    // Units of 100 ns, with the preroll, of milliseconds, in them.
    const playSec = Number(buffer.readBigUInt64LE(at + PLAY_DURATION_OFFSET)) / 1e7
    const seconds = playSec - Number(buffer.readBigUInt64LE(at + PREROLL_OFFSET)) / 1e3
    return seconds > 0 ? seconds : null
  } finally {
    await file.close()
  }
}
