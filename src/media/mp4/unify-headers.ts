import { copyFile, type FileHandle, open } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import { type AvcRecord, mergeRecords, parseRecord } from './avc-record.js'
import { type Box, BOX_HEADER_BYTES, findBoxes, replaceContents } from './boxes.js'

/** Where a part, with one track of H.264, has its parameter sets. */
const RECORD_PATH = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'avc1', 'avcC']

/**
 * Writes a copy of the first of several parts of one film, whose header has the parameter sets of all: joined by
 * copy behind it, each part finds its own. The sets stay out of the pictures, where `avc1` forbids them.
 */
export async function unifyHeaders(parts: readonly [string, ...string[]], target: string): Promise<void> {
  const records = await Promise.all(parts.map(async (path) => (await readHeader(path)).record))
  const [first, ...others] = records
  if (!first) throw unreadable()
  await copyFile(parts[0], target)
  const { moov, offset, boxes } = await readHeader(target)
  const file = await open(target, 'r+')
  try {
    const changed = replaceContents(moov, boxes, mergeRecords([first, ...others]))
    await file.write(changed, 0, changed.length, offset)
  } finally {
    await file.close()
  }
}

interface Header {
  readonly moov: Buffer
  /** Of `moov` in the file. */
  readonly offset: number
  readonly boxes: readonly Box[]
  readonly record: AvcRecord
}

async function readHeader(path: string): Promise<Header> {
  const file = await open(path)
  try {
    const { offset, size } = await findIndex(file)
    const moov = Buffer.alloc(size)
    await file.read(moov, 0, size, offset)
    const boxes = findBoxes(moov, RECORD_PATH)
    const box = boxes?.at(-1)
    const record = box && parseRecord(moov.subarray(box.start + BOX_HEADER_BYTES, box.end))
    if (!boxes || !record) throw unreadable()
    return { moov, offset, boxes, record }
  } finally {
    await file.close()
  }
}

/** A size that does not fit its 32 bits comes behind the type. */
const LARGE_HEADER_BYTES = 16

/** In a part the index is the last of the boxes: to make it longer moves nothing. */
async function findIndex(file: FileHandle): Promise<{ offset: number; size: number }> {
  const { size: fileSize } = await file.stat()
  const header = Buffer.alloc(LARGE_HEADER_BYTES)
  for (let offset = 0; offset < fileSize;) {
    await file.read(header, 0, LARGE_HEADER_BYTES, offset)
    const short = header.readUInt32BE(0)
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short
    if (size < BOX_HEADER_BYTES) break
    if (header.toString('latin1', 4, 8) === 'moov' && offset + size === fileSize) return { offset, size }
    offset += size
  }
  throw unreadable()
}

function unreadable(): AppError {
  return new AppError('output-invalid', 'A part of the film has no header that can be read.')
}
