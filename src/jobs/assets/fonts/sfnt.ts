/**
 * The tables of a TrueType or OpenType file; in a collection, those of its first font
 * (https://learn.microsoft.com/typography/opentype/spec/otff). Reading beyond the file, or later beyond a table, throws
 * RangeError, and counts in the file are bounded.
 */
export interface Sfnt {
  readonly tables: ReadonlyMap<string, Table>
}

export interface Table {
  /** Offset of the table's entry in the directory. */
  readonly record: number
  readonly bytes: Buffer
}

const COLLECTION = 'ttcf'
const DIRECTORY_OFFSET = 12
const RECORD_SIZE = 16

/** Real fonts have about twenty. */
const MAX_TABLES = 256

/** @throws RangeError */
export function readSfnt(file: Buffer): Sfnt {
  const isCollection = file.toString('latin1', 0, 4) === COLLECTION
  const start = isCollection ? file.readUInt32BE(12) : 0
  const count = file.readUInt16BE(start + 4)
  if (count > MAX_TABLES) throw new RangeError(`${count} tables`)
  const tables = new Map<string, Table>()
  for (let index = 0; index < count; index += 1) {
    const record = start + DIRECTORY_OFFSET + RECORD_SIZE * index
    const [offset, length] = [file.readUInt32BE(record + 8), file.readUInt32BE(record + 12)]
    if (offset + length > file.length) throw new RangeError('a table reaches beyond the file')
    const tag = file.toString('latin1', record, record + 4)
    if (!tables.has(tag)) tables.set(tag, { record, bytes: file.subarray(offset, offset + length) })
  }
  return { tables }
}

/** @throws RangeError when the font has no such table */
export function tableOf({ tables }: Sfnt, tag: string): Buffer {
  const table = tables.get(tag)
  if (!table) throw new RangeError(`no table ${tag}`)
  return table.bytes
}
