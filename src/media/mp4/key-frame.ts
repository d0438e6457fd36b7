import { type FileHandle, open } from 'node:fs/promises'
import type { ByteRange } from '../../plan/derive/media-playlist.js'
import { BOX_HEADER_BYTES, contentsOf, listBoxes, type TypedBox } from './boxes.js'

/** The boxes before the pictures of a segment, which list them, are shorter than this. */
const MAX_INDEX_BYTES = 256 * 1024

/**
 * Where the first picture of a segment is, with the index before it: what a playlist of key frames refers to.
 * @returns null when the segment has no index, or one that does not say
 */
export async function readKeyFrame(path: string): Promise<ByteRange | null> {
  const file = await open(path)
  try {
    return firstSample(await readStart(file))
  } finally {
    await file.close()
  }
}

async function readStart(file: FileHandle): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_INDEX_BYTES), 0, MAX_INDEX_BYTES, 0)
  return buffer.subarray(0, bytesRead)
}

/** @param start the first bytes of a segment, with its whole index */
export function firstSample(start: Buffer): ByteRange | null {
  const moof = inside(start, { start: 0, end: start.length }, 'moof')
  const traf = moof && inside(start, contentsOf(moof), 'traf')
  const [tfhd, trun] = ['tfhd', 'trun'].map((type) => traf && inside(start, contentsOf(traf), type))
  if (!moof || !trun) return null
  const bytes = start.subarray(trun.start + BOX_HEADER_BYTES, trun.end)
  const size =
    sampleSize(bytes) ?? (tfhd ? defaultSize(start.subarray(tfhd.start + BOX_HEADER_BYTES, tfhd.end)) : null)
  // The place of the first sample, from the start of the index.
  const offset = (bytes.readUInt32BE(0) & 0x1) !== 0 && bytes.length >= 12 ? bytes.readInt32BE(8) : null
  return size === null || offset === null ? null : { offset: moof.start, length: offset + size }
}

function inside(bytes: Buffer, range: { start: number; end: number }, type: string): TypedBox | null {
  return listBoxes(bytes, range).find((box) => box.type === type) ?? null
}

/** Flags of `trun` (ISO/IEC 14496-12, 8.8.8), and the bytes of the field that each stands for. */
const BEFORE_SAMPLES = [0x1, 0x4]
const DURATION = 0x100
const SIZE = 0x200

/** The size of the first sample; null: all have the default one. */
function sampleSize(trun: Buffer): number | null {
  const flags = trun.readUInt32BE(0) & 0xffffff
  if ((flags & SIZE) === 0) return null
  const fields = [...BEFORE_SAMPLES, DURATION].filter((flag) => (flags & flag) !== 0)
  const at = 8 + 4 * fields.length
  return trun.length >= at + 4 ? trun.readUInt32BE(at) : null
}

/** Flags of `tfhd` whose fields stand before the default size (8.8.7), with their lengths. */
const BEFORE_DEFAULT_SIZE: readonly (readonly [flag: number, bytes: number])[] = [
  [0x1, 8],
  [0x2, 4],
  [0x8, 4],
]

function defaultSize(tfhd: Buffer): number | null {
  const flags = tfhd.readUInt32BE(0) & 0xffffff
  if ((flags & 0x10) === 0) return null
  const at = BEFORE_DEFAULT_SIZE.reduce((sum, [flag, bytes]) => sum + ((flags & flag) !== 0 ? bytes : 0), 8)
  return tfhd.length >= at + 4 ? tfhd.readUInt32BE(at) : null
}
