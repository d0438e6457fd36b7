import { open } from 'node:fs/promises'

/** More than the largest page of Ogg, which has 65 307 bytes. */
const TAIL_BYTES = 65_536

const TS_PACKET_SIZES = [188, 192, 204]

/**
 * Whether a file ends in the middle of a unit of its format, so that something is missing. Only for formats that state
 * no length, or whose stated length ffprobe does not tell; false for all others.
 */
export async function isCutOff(path: string, format: string): Promise<boolean> {
  if (format !== 'ogg' && format !== 'mpegts' && format !== 'gif' && format !== 'wav') return false
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (format === 'mpegts') return TS_PACKET_SIZES.every((bytes) => size % bytes !== 0)
    if (format === 'wav') {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, 0)
      return isInWavData(buffer.subarray(0, bytesRead), size)
    }
    const start = Math.max(0, size - TAIL_BYTES)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start)
    const tail = buffer.subarray(0, bytesRead)
    return format === 'gif' ? !tail.includes(GIF_TRAILER, -GIF_SLACK_BYTES) : isInOggPage(tail)
  } finally {
    await file.close()
  }
}

const GIF_TRAILER = 0x3b

/** Some programs write a few bytes more after the trailer. */
const GIF_SLACK_BYTES = 4

/** A page begins with a header, which ends with the sizes of the page's segments: RFC 3533, section 6. */
function isInOggPage(tail: Buffer): boolean {
  const page = tail.lastIndexOf('OggS')
  const segments = tail[page + 26]
  if (page < 0 || segments === undefined) return false
  const sizes = tail.subarray(page + 27, page + 27 + segments)
  const length = 27 + segments + sizes.reduce((sum, bytes) => sum + bytes, 0)
  return page + length > tail.length
}

/** Programs that stream a WAV state 0, or a size that no file has, since they cannot know it. */
const MAX_WAV_BYTES = 0x7f_00_00_00

/** The chunk of the samples states its size. */
function isInWavData(head: Buffer, fileBytes: number): boolean {
  let at = 12
  while (at + 8 <= head.length) {
    const bytes = head.readUInt32LE(at + 4)
    if (head.toString('latin1', at, at + 4) === 'data') {
      return bytes > 0 && bytes < MAX_WAV_BYTES && at + 8 + bytes > fileBytes
    }
    // Chunks begin at even places.
    at += 8 + bytes + (bytes & 1)
  }
  return false
}
