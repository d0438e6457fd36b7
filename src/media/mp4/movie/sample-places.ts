import type { Box } from '../boxes.js'
import {
  findInner,
  type InnerBox,
  innerBoxes,
  openInner,
  plainTable,
  readLong,
  tableOf,
  VERSION_BYTES,
} from './inner-boxes.js'
import { ensure, known } from './known-form.js'
import { requireTable } from './sample-times.js'

/**
 * Checks that the file has all samples of a track.
 * @param stbl the boxes of the sample table
 * @param samples as many as the table of times has
 * @param data ranges of the file that hold samples
 * @throws UnknownForm when some are elsewhere, empty or behind the end of the file, or the tables contradict each other
 */
export function requireSamples(stbl: readonly InnerBox[], samples: number, data: readonly Box[]): void {
  const sizes = sampleSizes(stbl)
  const starts = chunkStarts(stbl)
  const runs = requireTable(stbl, 'stsc', 3)
  let placed = 0
  for (let run = 0; run < runs.rows; run += 1) {
    const [first, each, description] = [runs.at(run, 0), runs.at(run, 1), runs.at(run, 2)]
    const end = run + 1 < runs.rows ? runs.at(run + 1, 0) : starts.rows + 1
    ensure(description === 1 && each > 0 && (run > 0 || first === 1), 'an odd table of chunks')
    ensure(first < end && end <= starts.rows + 1, 'an odd table of chunks')
    ensure(placed + (end - first) * each <= sizes.rows, 'tables of different lengths')
    for (let chunk = first; chunk < end; chunk += 1, placed += each) {
      const start = starts.at(chunk - 1)
      const stop = start + sizes.sum(placed, each)
      const isThere = data.some((range) => range.start <= start && stop <= range.end)
      ensure(isThere, 'samples that the file does not have')
    }
  }
  ensure(placed === samples && sizes.rows === samples, 'tables of different lengths')
}

/** Names of a reference to the file itself, of MP4 and of QuickTime. */
const REFERENCES = ['url ', 'alis']

/** @throws UnknownForm unless the samples of a track are in the file itself (ISO/IEC 14496-12, 8.7.2) */
export function requireOwnSamples(minf: Buffer): void {
  const box = openInner(minf, 'dinf', 'dref')
  ensure(plainTable(box, 0).rows === 1, 'samples in several files')
  const [reference] = innerBoxes(box.subarray(VERSION_BYTES + 4))
  const { type, contents } = known(reference, 'samples in no file')
  const isOwn = REFERENCES.includes(type) && ((contents[VERSION_BYTES - 1] ?? 0) & 1) === 1
  ensure(isOwn, 'samples in another file')
}

interface Sizes {
  readonly rows: number
  /** Bytes of so many samples. */
  readonly sum: (first: number, count: number) => number
}

/** The table `stsz` (ISO/IEC 14496-12, 8.7.3.2). */
function sampleSizes(stbl: readonly InnerBox[]): Sizes {
  const box = known(findInner(stbl, 'stsz'), 'no box stsz')
  const start = VERSION_BYTES + 8
  ensure(box.length >= start, 'a box that is cut off')
  const [same, rows] = [box.readUInt32BE(VERSION_BYTES), box.readUInt32BE(VERSION_BYTES + 4)]
  if (same > 0) return { rows, sum: (_, count) => count * same }
  const table = tableOf(box, { rows, columns: 1, start })
  const sum = (first: number, count: number) => {
    let bytes = 0
    for (let row = first; row < first + count; row += 1) {
      const size = table.at(row, 0)
      // It depends on the demuxer whether it makes a packet of such a sample.
      ensure(size > 0, 'an empty sample')
      bytes += size
    }
    return bytes
  }
  return { rows, sum }
}

/** Where in the file each chunk begins, with 32 or 64 bits (8.7.5). */
function chunkStarts(stbl: readonly InnerBox[]): { rows: number; at: (row: number) => number } {
  const long = findInner(stbl, 'co64')
  const table = long ? plainTable(long, 2) : requireTable(stbl, 'stco', 1)
  const { rows } = table
  const headBytes = VERSION_BYTES + 4
  return { rows, at: (row) => (long ? readLong(long, headBytes + row * 8) : table.at(row, 0)) }
}
