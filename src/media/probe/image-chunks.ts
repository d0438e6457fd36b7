/** A named part of an image file. */
export interface Chunk {
  readonly type: string
  /** What there is of it. */
  readonly data: Buffer
  /** The file does not end within it. */
  readonly isWhole: boolean
}

/** Chunks of a PNG behind its signature: length, type, data and a checksum. */
export function* pngChunks(file: Buffer): Iterable<Chunk> {
  for (let offset = 8; offset + 12 <= file.length;) {
    const length = file.readUInt32BE(offset)
    yield chunkAt(file, { typeAt: offset + 4, dataAt: offset + 8, length })
    offset += 12 + length
  }
}

/** Chunks of a WebP behind `RIFF`, its size and `WEBP`: type, size and data, padded to an even length. */
export function* webpChunks(file: Buffer): Iterable<Chunk> {
  for (let offset = 12; offset + 8 <= file.length;) {
    const length = file.readUInt32LE(offset + 4)
    yield chunkAt(file, { typeAt: offset, dataAt: offset + 8, length })
    offset += 8 + length + (length & 1)
  }
}

/** The first chunk of a type; null: there is none. */
export function findChunk(chunks: Iterable<Chunk>, type: string): Buffer | null {
  for (const chunk of chunks) if (chunk.type === type) return chunk.data
  return null
}

interface Place {
  readonly typeAt: number
  readonly dataAt: number
  readonly length: number
}

function chunkAt(file: Buffer, { typeAt, dataAt, length }: Place): Chunk {
  const data = file.subarray(dataAt, dataAt + length)
  return { type: file.toString('latin1', typeAt, typeAt + 4), data, isWhole: data.length === length }
}
