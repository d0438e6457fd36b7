import { type FileHandle, open } from 'node:fs/promises'
import { listFileBoxes, readAt } from '../mp4/file-boxes.js'

/**
 * Bytes of another file that begins behind the end of a file, as where two were joined with `cat`; 0: there is none. Only
 * for formats that ffmpeg reads to the end of the first one; it reads on in the others.
 */
export async function countBytesBehind(path: string, format: string): Promise<number> {
  const find = FINDERS[format]
  if (!find) return 0
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const start = await find(file, size)
    return start === null ? 0 : size - start
  } finally {
    await file.close()
  }
}

/** Finds where a second file begins; null: there is none. */
type Finder = (file: FileHandle, size: number) => Promise<number | null>

const FINDERS: Readonly<Record<string, Finder>> = {
  wav: findWav,
  'mov,mp4,m4a,3gp,3g2,mj2': findMp4,
  asf: findAsf,
  // The header has a version, flags and its own length, and is followed by a length of 0.
  flv: (file, size) => search(file, size, /FLV\x01[\0\x01\x04\x05]\0\0\0\x09\0{4}/),
  // Behind the trailer of the first one.
  gif: async (file, size) => {
    const end = await search(file, size, /;GIF8[79]a/)
    return end === null ? null : end + 1
  },
}

/** Behind the chunk that holds all others; one that was streamed does not state its size. */
async function findWav(file: FileHandle): Promise<number | null> {
  const end = 8 + (await readAt(file, 4, 4)).readUInt32LE(0)
  // Chunks begin at even places, but not all programs heed that.
  for (const start of [end, end + 1]) {
    const head = await readAt(file, start, 12)
    if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8) === 'WAVE') return start
  }
  return null
}

/** ffmpeg skips the second `moov`, but reads the fragments behind it. */
async function findMp4(file: FileHandle, size: number): Promise<number | null> {
  const boxes = await listFileBoxes(file, { start: 0, end: size })
  const second = boxes.findIndex(({ type }, index) => type === 'ftyp' && index > 0)
  const rest = second < 0 ? [] : boxes.slice(second)
  const isWhole = rest.some(({ type }) => type === 'moov') && !rest.some(({ type }) => type === 'moof')
  const begun = boxes.slice(0, second).some(({ type }) => type === 'moov')
  return isWhole && begun ? (boxes[second - 1]?.end ?? null) : null
}

/** The GUID of the header object: ASF specification, 10.1. */
const ASF_HEADER = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')
const ASF_OBJECT_BYTES = 24
const MOST_ASF_OBJECTS = 100

async function findAsf(file: FileHandle, size: number): Promise<number | null> {
  let at = 0
  for (let count = 0; count < MOST_ASF_OBJECTS && at + ASF_OBJECT_BYTES <= size; count += 1) {
    const head = await readAt(file, at, ASF_OBJECT_BYTES)
    if (at > 0 && head.subarray(0, 16).equals(ASF_HEADER)) return at
    const bytes = Number(head.readBigUInt64LE(16))
    if (bytes < ASF_OBJECT_BYTES) return null
    at += bytes
  }
  return null
}

const BLOCK_BYTES = 1024 ** 2

/** More than a pattern matches. */
const OVERLAP_BYTES = 32

/** The first place behind the start at which a pattern of bytes stands. */
async function search(file: FileHandle, size: number, pattern: RegExp): Promise<number | null> {
  for (let at = 1; at < size; at += BLOCK_BYTES) {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(BLOCK_BYTES + OVERLAP_BYTES),
      0,
      BLOCK_BYTES + OVERLAP_BYTES,
      at,
    )
    const found = buffer.toString('latin1', 0, bytesRead).search(pattern)
    if (found >= 0) return at + found
  }
  return null
}
