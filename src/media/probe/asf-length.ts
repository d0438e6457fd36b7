import { open } from 'node:fs/promises'

/** GUID of the File Properties Object, in the byte order of files: ASF specification, 3.2. */
const FILE_PROPERTIES = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex')

/** The object is one of the first in the header. */
const HEAD_BYTES = 65_536

const PLAY_DURATION_OFFSET = 64
const PREROLL_OFFSET = 80

/**
 * The length that the header of an ASF file (wmv, wma) states, in seconds; null: it states none. ffprobe does not
 * report it when the file is shorter than that.
 */
export async function readAsfLength(path: string): Promise<number | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const at = buffer.subarray(0, bytesRead).indexOf(FILE_PROPERTIES)
    if (at < 0 || at + PREROLL_OFFSET + 8 > bytesRead) return null
    // In units of 100 ns, and including the preroll, which is in milliseconds.
    const playSec = Number(buffer.readBigUInt64LE(at + PLAY_DURATION_OFFSET)) / 1e7
    const seconds = playSec - Number(buffer.readBigUInt64LE(at + PREROLL_OFFSET)) / 1e3
    return seconds > 0 ? seconds : null
  } finally {
    await file.close()
  }
}
