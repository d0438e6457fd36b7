import { BOX_HEADER_BYTES, listBoxes } from '../boxes.js'
import { ensure, known } from './known-form.js'

/** What is in a box of a kind that has others around it. */
export interface InnerBox {
  readonly type: string
  readonly contents: Buffer
}

/** The boxes that fill a range of bytes. @throws UnknownForm when there is anything else */
export function innerBoxes(bytes: Buffer): InnerBox[] {
  const boxes = listBoxes(bytes, { start: 0, end: bytes.length })
  ensure((boxes.at(-1)?.end ?? 0) === bytes.length, 'bytes between boxes')
  return boxes.map(({ type, start, end }) => ({
    type,
    contents: bytes.subarray(start + BOX_HEADER_BYTES, end),
  }))
}

/** The contents of the one box of a type; null: there is none. @throws UnknownForm when there are several */
export function findInner(boxes: readonly InnerBox[], type: string): Buffer | null {
  const found = boxes.filter((box) => box.type === type)
  ensure(found.length <= 1, `several boxes ${type}`)
  return found[0]?.contents ?? null
}

/** Follows a path of types, each box inside the one before. @throws UnknownForm when there is no such path */
export function openInner(bytes: Buffer, ...path: readonly string[]): Buffer {
  return path.reduce((inside, type) => known(findInner(innerBoxes(inside), type), `no box ${type}`), bytes)
}

/** Version and flags, before the fields of most boxes. */
export const VERSION_BYTES = 4

const WORD_BYTES = 4

/** Rows of the same number of 32-bit words, which are read from the box as they are asked for. */
export interface Table {
  readonly rows: number
  readonly at: (row: number, column: number) => number
}

/** @param start where the first row is @throws UnknownForm when the box has no room for the rows */
export function tableOf(
  box: Buffer,
  { rows, columns, start }: { readonly rows: number; readonly columns: number; readonly start: number },
): Table {
  ensure(start + rows * columns * WORD_BYTES <= box.length, 'a table that is cut off')
  return { rows, at: (row, column) => box.readUInt32BE(start + (row * columns + column) * WORD_BYTES) }
}

/** A box of version 0 that is a number of rows and these rows. @throws UnknownForm when it is not */
export function plainTable(box: Buffer, columns: number): Table {
  const start = VERSION_BYTES + WORD_BYTES
  ensure(box.length >= start && box.readUInt8(0) === 0, 'a table of another version')
  return tableOf(box, { rows: box.readUInt32BE(VERSION_BYTES), columns, start })
}

/** A field of 64 bits. @throws UnknownForm when it is cut off, or too large to count with */
export function readLong(box: Buffer, at: number): number {
  ensure(at + 8 <= box.length, 'a box that is cut off')
  const value = Number(box.readBigUInt64BE(at))
  ensure(Number.isSafeInteger(value), 'a number that is too large')
  return value
}
