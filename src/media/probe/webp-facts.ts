import { readFile } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import { rational } from '../../plan/frames/rational.js'
import type { MediaFacts, VideoFacts } from '../../plan/model/facts.js'

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
  const frames = chunks.filter(({ type }) => type === 'ANMF').map(({ data }) => data.readUIntLE(12, 3))
  if (!header || frames.length === 0)
    throw new AppError('output-invalid', 'The file is not an animated WebP file.')
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

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/** A file is `RIFF`, its size, `WEBP`, and then chunks: type, size and data, padded to an even length. */
function readChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  for (let offset = 12; isWebp && offset + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(offset + 4)
    const data = bytes.subarray(offset + 8, offset + 8 + size)
    if (data.length < size) throw new AppError('output-invalid', 'The file ends in the middle of a chunk.')
    chunks.push({ type: bytes.toString('latin1', offset, offset + 4), data })
    offset += 8 + size + (size & 1)
  }
  return chunks
}
