import { open } from 'node:fs/promises'
import { hasErrorCode } from '../../errors.js'
import { BOX_HEADER_BYTES } from './boxes.js'

/** Size, type, and a 64-bit size if the first size is 1. */
const LONG_HEADER_BYTES = 16

/** Whether a file exists with all bytes of its boxes. On a full disk some are missing, and ffmpeg reports nothing. */
export async function hasWholeBoxes(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const header = Buffer.alloc(LONG_HEADER_BYTES)
      let at = 0
      while (at < size) {
        header.fill(0)
        await file.read(header, 0, LONG_HEADER_BYTES, at)
        const short = header.readUInt32BE(0)
        const boxBytes = short === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : short
        if (boxBytes < BOX_HEADER_BYTES) return false
        at += boxBytes
      }
      return at === size && size > 0
    } finally {
      await file.close()
    }
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false
    throw error
  }
}
