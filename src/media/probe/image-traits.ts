import { open } from 'node:fs/promises'
import type { Orientation, VideoFacts } from '../../plan/model/facts.js'
import { findChunk, pngChunks, webpChunks } from './image-chunks.js'

/** Headers and metadata of images lie within this many bytes, but for those of a WebP, which follow its picture. */
const MAX_BYTES = 16 * 1024 * 1024

type ImageTraits = Pick<VideoFacts, 'orientation' | 'plays'>

/**
 * What image files say of how they are shown, which ffmpeg reads of some formats and since some versions. That of JPEG
 * all versions read.
 * @param format the demuxer's name
 */
export async function readImageTraits(path: string, format: string): Promise<ImageTraits> {
  const read = READERS[format]
  if (!read) return {}
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(size, MAX_BYTES)),
      position: 0,
    })
    return read(buffer.subarray(0, bytesRead))
  } catch (error) {
    // What is broken off says nothing.
    if (error instanceof RangeError) return {}
    throw error
  } finally {
    await file.close()
  }
}

const READERS: Readonly<Record<string, (file: Buffer) => ImageTraits>> = {
  png_pipe: (file) => orientationOf(findChunk(pngChunks(file), 'eXIf')),
  apng: (file) => playsOf(findChunk(pngChunks(file), 'acTL')),
  webp_pipe: (file) => orientationOf(findChunk(webpChunks(file), 'EXIF')),
  tiff_pipe: orientationOf,
  gif: gifPlays,
}

/** 0 plays: for ever (https://www.w3.org/TR/png-3/#acTL-chunk). */
function playsOf(control: Buffer | null): ImageTraits {
  const plays = control?.readUInt32BE(4) ?? 0
  return plays > 0 ? { plays } : {}
}

const ORIENTATION = 0x0112
const MAX_ENTRIES = 1000
const PREFIX = Buffer.from('Exif\0\0', 'latin1')

/** The orientation in the first directory of EXIF, which is a TIFF file; some writers put JPEG's prefix in front. */
function orientationOf(exif: Buffer | null): ImageTraits {
  if (!exif) return {}
  const tiff = exif.subarray(0, PREFIX.length).equals(PREFIX) ? exif.subarray(PREFIX.length) : exif
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return {}
  const isLittle = order === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let index = 0; index < Math.min(short(directory), MAX_ENTRIES); index += 1) {
    const entry = directory + 2 + 12 * index
    if (short(entry) !== ORIENTATION) continue
    const value = short(entry + 8)
    return isOrientation(value) ? { orientation: value } : {}
  }
  return {}
}

function isOrientation(value: number): value is Orientation {
  return value >= 2 && value <= 8
}

const NETSCAPE = /NETSCAPE2\.0|ANIMEXTS1\.0/

/**
 * How often a GIF is played. The extension counts repetitions, so that browsers play one more; without it a GIF is
 * played once; 0: for ever.
 */
function gifPlays(file: Buffer): ImageTraits {
  const header = file.toString('latin1', 0, 4096)
  const found = NETSCAPE.exec(header)
  if (!found) return { plays: 1 }
  const repetitions = file.readUInt16LE(found.index + found[0].length + 2)
  return repetitions === 0 ? {} : { plays: repetitions + 1 }
}
