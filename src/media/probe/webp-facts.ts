import { readFile } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import { rational } from '../../plan/frames/rational.js'
import type { MediaFacts, VideoFacts } from '../../plan/model/facts.js'
import { type Chunk, webpChunks } from './image-chunks.js'

/**
 * The facts of an animated WebP file that ffmpeg has written, which ffprobe cannot read before ffmpeg 8
 * (https://developers.google.com/speed/webp/docs/riff_container). ffmpeg merges a frame into the one before when both
 * are alike, so there are at most as many frames as were encoded.
 * @throws AppError `output-invalid` when the file is none
 */
export async function webpFacts(path: string): Promise<MediaFacts> {
  const bytes = await readFile(path)
  const chunks = readChunks(bytes)
  const header = chunks.find(({ type }) => type === 'VP8X')?.data
  const frameHeaders = chunks.filter(({ type }) => type === 'ANMF').map(({ data }) => data)
  if (!header || frameHeaders.length === 0)
    throw new AppError('output-invalid', 'The file is not an animated WebP file.')
  if (header.length < HEADER_BYTES || frameHeaders.some(({ length }) => length < FRAME_HEADER_BYTES))
    throw new AppError('output-invalid', 'The file has a chunk that is too short.')
  const frames = frameHeaders.map((data) => data.readUIntLE(12, 3))
  const durationSec = frames.reduce((sum, ms) => sum + ms, 0) / 1000
  const [width, height] = [header.readUIntLE(4, 3) + 1, header.readUIntLE(7, 3) + 1]
  return {
    format: 'webp_pipe',
    mimeType: 'image/webp',
    extension: 'webp',
    durationSec,
    startSec: 0,
    sizeBytes: bytes.length,
    bitRate: durationSec > 0 ? Math.round((bytes.length * 8) / durationSec) : null,
    audio: [],
    video: {
      ...UNTAGGED,
      codedWidth: width,
      codedHeight: height,
      width,
      height,
      frameRate: durationSec > 0 ? rational(frames.length * 1000, Math.round(durationSec * 1000)) : ONE,
      frameCount: null,
      durationSec,
    },
  }
}

/** Of the chunks VP8X and ANMF, in front of what else is in them. */
const HEADER_BYTES = 10
const FRAME_HEADER_BYTES = 16

const ONE = { num: 1, den: 1 }

const UNTAGGED = {
  index: 0,
  codec: 'webp',
  profile: null,
  pixelFormat: 'yuv420p',
  rotation: 0,
  sampleAspect: ONE,
  startSec: 0,
  bitRate: null,
  colorRange: null,
  colorSpace: null,
  colorTransfer: null,
  colorPrimaries: null,
  fieldOrder: null,
  isVariableRate: false,
} as const satisfies Partial<VideoFacts>

function readChunks(bytes: Buffer): Chunk[] {
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  const chunks = isWebp ? [...webpChunks(bytes)] : []
  // A file may also end within the header of a chunk, which is then none.
  const hasAll = !isWebp || bytes.readUInt32LE(4) + 8 <= bytes.length
  if (hasAll && chunks.every(({ isWhole }) => isWhole)) return chunks
  throw new AppError('output-invalid', 'The file ends in the middle of a chunk.')
}
