import { copyFile, type FileHandle, open } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import { type AvcRecord, mergeRecords, parseRecord } from './avc-record.js'
import { type Box, BOX_HEADER_BYTES, findBoxes, replaceContents } from './boxes.js'

/** Path to the parameter sets of a part, which has one track of H.264. */
const RECORD_PATH = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'avc1', 'avcC']

/**
 * Writes a copy of the first of several parts of one film, with the parameter sets of all parts in its header. When
 * the parts are joined by stream copy after it, each finds its own sets there; `avc1` forbids them among the pictures.
 * @throws AppError `output-invalid` when a part has no header that can be read
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
  /** Position of `moov` in the file. */
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

/** Length of a header with a 64-bit size, which follows the type. */
const LARGE_HEADER_BYTES = 16

/** Finds `moov`, the last box of a part: making it longer moves nothing else. */
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
  return new AppError('output-invalid', 'The header of a part of the film cannot be read.')
}
