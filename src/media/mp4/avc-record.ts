/** The record of H.264's parameter sets in MP4 and Matroska: https://www.iso.org/standard/83336.html, 5.3.3.1. */
export interface AvcRecord {
  /** Version, profile, constraints, level and the size of length prefixes. */
  readonly head: Uint8Array
  readonly sequences: readonly Uint8Array[]
  readonly pictures: readonly Uint8Array[]
  /** Fields that some profiles add. */
  readonly tail: Uint8Array
}

const VERSION = 1
const HEAD_BYTES = 5
const SEQUENCES_MASK = 0x1f

/** @returns null when the bytes are no such record, or a part of one */
export function parseRecord(bytes: Uint8Array): AvcRecord | null {
  if (bytes[0] !== VERSION) return null
  const sequences = readSets(bytes, HEAD_BYTES, SEQUENCES_MASK)
  const pictures = sequences && readSets(bytes, sequences.end, 0xff)
  return (
    pictures && {
      head: bytes.subarray(0, HEAD_BYTES),
      sequences: sequences.sets,
      pictures: pictures.sets,
      tail: bytes.subarray(pictures.end),
    }
  )
}

interface ReadSets {
  readonly sets: readonly Uint8Array[]
  readonly end: number
}

/** Reads a count and then that many sets, each preceded by its length. */
function readSets(bytes: Uint8Array, offset: number, countMask: number): ReadSets | null {
  const count = (bytes[offset] ?? 0) & countMask
  const sets: Uint8Array[] = []
  let at = offset + 1
  for (let index = 0; index < count; index += 1) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    sets.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return at > bytes.length ? null : { sets, end: at }
}

/** Returns the first record with the distinct parameter sets of all records. */
export function mergeRecords([first, ...others]: readonly [AvcRecord, ...AvcRecord[]]): Buffer {
  const all = [first, ...others]
  const sequences = distinct(all.flatMap((record) => record.sequences))
  const pictures = distinct(all.flatMap((record) => record.pictures))
  return Buffer.concat([
    first.head,
    Buffer.from([(0xff & ~SEQUENCES_MASK) | sequences.length]),
    ...sequences.map(withLength),
    Buffer.from([pictures.length]),
    ...pictures.map(withLength),
    first.tail,
  ])
}

function distinct(sets: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(sets.map((set) => [Buffer.from(set).toString('hex'), set])).values()]
}

function withLength(set: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([set.length >> 8, set.length & 0xff]), set])
}
