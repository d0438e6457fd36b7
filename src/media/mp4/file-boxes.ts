import type { FileHandle } from 'node:fs/promises'
import { BOX_HEADER_BYTES } from './boxes.js'

/** A box of a file, which is too large to be held, by its offsets. */
export interface FileBox {
  readonly type: string
  /** Where what is in it begins. */
  readonly start: number
  readonly end: number
}

/** Boxes of a level that are looked at. Films have a few. */
const MAX_BOXES = 1000

/** The boxes next to each other, up to the first that cannot be read. A size of 0 reaches to the end, 1 has 64 bits. */
export async function listBoxes(file: FileHandle, { start, end }: FileBox): Promise<FileBox[]> {
  const boxes: FileBox[] = []
  let at = start
  while (at + BOX_HEADER_BYTES <= end && boxes.length < MAX_BOXES) {
    const header = await readAt(file, at, 2 * BOX_HEADER_BYTES)
    const short = header.readUInt32BE(0)
    const bytes = short === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : short || end - at
    const headerBytes = short === 1 ? 2 * BOX_HEADER_BYTES : BOX_HEADER_BYTES
    if (bytes < headerBytes || at + bytes > end) break
    boxes.push({ type: header.toString('latin1', 4, 8), start: at + headerBytes, end: at + bytes })
    at += bytes
  }
  return boxes
}

/** Bytes of the file; zeros behind its end. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  await file.read(buffer, 0, length, at)
  return buffer
}
