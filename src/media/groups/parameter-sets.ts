import { parseRecord } from '../mp4/avc-record.js'

/** Size of the length prefixes that ffmpeg's muxers write. */
const LENGTH_BYTES = 4

/**
 * Ids of the parameter sets in the record of an H.264 track; null: it is no such record, or its pictures have length
 * prefixes of another size than ours.
 */
export function readTakenIds(bytes: Uint8Array): readonly number[] | null {
  const record = parseRecord(bytes)
  if (!record || ((record.head[4] ?? 0) & 3) + 1 !== LENGTH_BYTES) return null
  const ids = new Set<number>()
  // The id of a sequence parameter set comes after the unit's header, profile, constraints and level.
  for (const set of record.sequences) ids.add(readUnsigned(set, 4))
  for (const set of record.pictures) ids.add(readUnsigned(set, 1))
  return [...ids].sort((a, b) => a - b)
}

/** Reads an unsigned Exp-Golomb number that begins at a byte. */
function readUnsigned(bytes: Uint8Array, offset: number): number {
  const bit = (index: number) => ((bytes[offset + (index >> 3)] ?? 0xff) >> (7 - (index & 7))) & 1
  let zeros = 0
  while (bit(zeros) === 0 && zeros < 31) zeros += 1
  let value = 0
  for (let index = zeros; index <= 2 * zeros; index += 1) value = value * 2 + bit(index)
  return value - 1
}

/** Reads bytes as ffprobe prints them, sixteen per line: `00000000: 0164 001f ...  .d..`. */
export function readHexDump(dump: string): Uint8Array {
  const digits = dump
    .split('\n')
    .map((line) => /^[0-9a-f]+: ((?:[0-9a-f]{2,4} )+)/.exec(line)?.[1]?.replaceAll(' ', '') ?? '')
    .join('')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
