/**
 * The tables of a TrueType file (https://learn.microsoft.com/typography/opentype/spec/otff).
 * @param {Buffer} file
 * @returns {Map<string, Buffer>}
 */
export function readTables(file) {
  const count = file.readUInt16BE(4)
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const record = 12 + 16 * index
      const [offset, length] = [file.readUInt32BE(record + 8), file.readUInt32BE(record + 12)]
      return [file.toString('latin1', record, record + 4), file.subarray(offset, offset + length)]
    }),
  )
}

/**
 * @param {ReadonlyMap<string, Buffer>} tables
 * @param {string} tag
 */
export function tableOf(tables, tag) {
  const table = tables.get(tag)
  if (!table) throw new Error(`the font has no table ${tag}`)
  return table
}

/**
 * A TrueType file of tables.
 * @param {ReadonlyMap<string, Buffer>} tables
 */
export function writeTables(tables) {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const power = Math.floor(Math.log2(sorted.length))
  const header = Buffer.alloc(12 + 16 * sorted.length)
  const search = 16 * 2 ** power
  ;[0x0001, 0x0000, sorted.length, search, power, 16 * sorted.length - search].forEach((value, place) =>
    header.writeUInt16BE(value, 2 * place),
  )
  let offset = header.length
  const bodies = sorted.map(([tag, table], index) => {
    const record = 12 + 16 * index
    header.write(tag, record, 'latin1')
    header.writeUInt32BE(checksum(table), record + 4)
    header.writeUInt32BE(offset, record + 8)
    header.writeUInt32BE(table.length, record + 12)
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)])
    offset += padded.length
    return padded
  })
  return Buffer.concat([header, ...bodies])
}

/** @param {Buffer} table */
function checksum(table) {
  let sum = 0
  for (let at = 0; at + 4 <= table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0
  const rest = table.subarray(table.length & ~3)
  return (sum + Buffer.concat([rest, Buffer.alloc(4 - rest.length)]).readUInt32BE(0)) >>> 0
}
