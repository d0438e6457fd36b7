import { findBoxes, replaceContents } from '../../src/media/mp4/boxes.js'

/** Samples whose sizes take four bits each in the file, and 1.2 GB when ffmpeg has read them. */
const SAMPLES = 300_000_000

/** Version and flags, the bits of a size, and the number of sizes: ISO/IEC 14496-12, 8.7.3.3. */
const FIELDS = 12

const TABLES = ['moov', 'trak', 'mdia', 'minf', 'stbl'] as const

/** A film, whose index is behind its samples, with a table of sizes (`stz2`) that is legal and grows as it is read. */
export function withLargeTable(film: Buffer): Buffer {
  const boxes = findBoxes(film, [...TABLES, 'stsz'])
  if (!boxes) throw new Error('the film has no table of sizes')
  const table = Buffer.alloc(FIELDS + SAMPLES / 2, 0x11)
  table.writeUInt32BE(0, 0)
  table.writeUInt32BE(4, 4)
  table.writeUInt32BE(SAMPLES, 8)
  const grown = replaceContents(film, boxes, table)
  grown.write('stz2', grown.indexOf('stsz', 'latin1'), 'latin1')
  return grown
}
