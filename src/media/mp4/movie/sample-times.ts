import { findInner, type InnerBox, plainTable, type Table } from './inner-boxes.js'
import { ensure, known } from './known-form.js'

/** How many samples there are, and how long they are, in the ticks of the track's clock (ISO/IEC 14496-12, 8.6.1.2). */
export interface SampleTimes {
  readonly samples: number
  readonly ticks: number
  /** Length of each but the last one; null: they differ. */
  readonly eachTicks: number | null
  readonly lastTicks: number
}

/** @param stbl the boxes of the sample table */
export function readTimes(stbl: readonly InnerBox[]): SampleTimes {
  const table = requireTable(stbl, 'stts', 2)
  let [samples, ticks] = [0, 0]
  for (let row = 0; row < table.rows; row += 1) {
    samples += table.at(row, 0)
    ticks += table.at(row, 0) * table.at(row, 1)
  }
  ensure(Number.isSafeInteger(ticks), 'a track that is too long')
  const isEven = table.rows === 1 || (table.rows === 2 && table.at(1, 0) === 1)
  return {
    samples,
    ticks,
    eachTicks: isEven ? table.at(0, 1) : null,
    lastTicks: table.rows > 0 ? table.at(table.rows - 1, 1) : 0,
  }
}

/** When the samples are shown, in ticks from the start of the track (8.6.1.3). */
export interface ShownTimes {
  readonly first: number
  readonly least: number
  readonly most: number
}

/** @throws UnknownForm when samples differ in length, or some are shown before they are decoded */
export function readShownTimes(stbl: readonly InnerBox[], { samples, eachTicks }: SampleTimes): ShownTimes {
  ensure(eachTicks !== null && samples > 0, 'frames of different lengths')
  const lastDecoded = (samples - 1) * eachTicks
  const box = findInner(stbl, 'ctts')
  if (!box) return { first: 0, least: 0, most: lastDecoded }
  const table = plainTable(box, 2)
  let [done, first, least, most] = [0, 0, Infinity, 0]
  for (let row = 0; row < table.rows; row += 1) {
    const [count, offset] = [table.at(row, 0), table.at(row, 1)]
    ensure(count > 0 && offset <= MAX_OFFSET, 'a frame that is shown before it is decoded')
    if (row === 0) first = offset
    least = Math.min(least, done * eachTicks + offset)
    done += count
    most = Math.max(most, (done - 1) * eachTicks + offset)
  }
  ensure(done === samples, 'tables of different lengths')
  return { first, least, most }
}

/** Larger ones stand for negative numbers. */
const MAX_OFFSET = 0x7f_ff_ff_ff

/** Whether decoding can begin with the first sample (8.6.2). */
export function beginsWithKey(stbl: readonly InnerBox[]): boolean {
  const box = findInner(stbl, 'stss')
  if (!box) return true
  const table = plainTable(box, 1)
  return table.rows > 0 && table.at(0, 0) === 1
}

/** The table that every track has. @throws UnknownForm when there is none of this form */
export function requireTable(stbl: readonly InnerBox[], type: string, columns: number): Table {
  return plainTable(known(findInner(stbl, type), `no box ${type}`), columns)
}
