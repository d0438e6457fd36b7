import { promisify } from 'node:util'
import { inflate } from 'node:zlib'

const inflateAsync = promisify(inflate)

const SIGNATURE = 'wOFF'
const HEADER_SIZE = 44
const ENTRY_SIZE = 20
const RECORD_SIZE = 16

/** Real fonts have about twenty. */
const MAX_TABLES = 256

interface Entry {
  readonly tag: Buffer
  readonly offset: number
  readonly packedLength: number
  readonly length: number
  readonly checksum: number
}

export function isWoff(file: Buffer): boolean {
  return file.toString('latin1', 0, 4) === SIGNATURE
}

/**
 * The font in a WOFF file (https://www.w3.org/TR/WOFF/): each of its tables is deflated for itself. No table becomes
 * larger than the file says, and all of them together no larger than `maxBytes`.
 * @throws RangeError for a file that is damaged or too large
 */
export async function unpackWoff(file: Buffer, maxBytes: number): Promise<Buffer> {
  const entries = readEntries(file)
  const start = 12 + RECORD_SIZE * entries.length
  const total = entries.reduce((sum, { length }) => sum + padded(length), start)
  if (total > maxBytes) throw new RangeError(`${total} bytes`)
  const font = Buffer.alloc(total)
  file.copy(font, 0, 4, 8)
  font.writeUInt16BE(entries.length, 4)
  let offset = start
  for (const [index, entry] of entries.entries()) {
    const record = 12 + RECORD_SIZE * index
    entry.tag.copy(font, record)
    ;[entry.checksum, offset, entry.length].forEach((value, place) =>
      font.writeUInt32BE(value, record + 4 + 4 * place),
    )
    ;(await tableOf(file, entry)).copy(font, offset)
    offset += padded(entry.length)
  }
  return font
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}

function readEntries(file: Buffer): Entry[] {
  const count = file.readUInt16BE(12)
  if (count > MAX_TABLES) throw new RangeError(`${count} tables`)
  return Array.from({ length: count }, (_, index) => {
    const at = HEADER_SIZE + ENTRY_SIZE * index
    const entry = {
      tag: file.subarray(at, at + 4),
      offset: file.readUInt32BE(at + 4),
      packedLength: file.readUInt32BE(at + 8),
      length: file.readUInt32BE(at + 12),
      checksum: file.readUInt32BE(at + 16),
    }
    if (entry.offset + entry.packedLength > file.length || entry.packedLength > entry.length)
      throw new RangeError('a table reaches beyond the file')
    return entry
  })
}

async function tableOf(file: Buffer, { offset, packedLength, length }: Entry): Promise<Buffer> {
  const packed = file.subarray(offset, offset + packedLength)
  // As long as the table itself: it is not deflated.
  if (packedLength === length) return packed
  const table = await inflateAsync(packed, { maxOutputLength: length }).catch((error: unknown) => {
    throw new RangeError('a table is damaged', { cause: error })
  })
  if (table.length !== length) throw new RangeError('a table is shorter than it says')
  return table
}
