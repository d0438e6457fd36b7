import { open } from 'node:fs/promises'

/** `fLaC`, and a first block of metadata, which is STREAMINFO and has 34 bytes: RFC 9639, section 8. */
const HEADER = /fLaC[\0\x80]\0\0\x22/g
const INFO_OFFSET = 8
const INFO_BYTES = 34

const BLOCK_BYTES = 1024 ** 2

/**
 * Seconds of all files of FLAC that a file is joined of, by what their headers state; null: it is one, or a header states
 * nothing. ffmpeg loses frames where the next one begins.
 */
export async function statedFlacLength(path: string, format: string): Promise<number | null> {
  if (format !== 'flac') return null
  const lengths: number[] = []
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(BLOCK_BYTES + INFO_OFFSET + INFO_BYTES)
    for (let at = 0; ; at += BLOCK_BYTES) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
      for (const { index } of bytes.toString('latin1', 0, bytesRead).matchAll(HEADER)) {
        const isWhole = index + INFO_OFFSET + INFO_BYTES <= bytesRead
        if (index < BLOCK_BYTES && isWhole) lengths.push(lengthIn(bytes.subarray(index + INFO_OFFSET)))
      }
      if (bytesRead < bytes.length) break
    }
  } finally {
    await file.close()
  }
  const isKnown = lengths.length > 1 && lengths.every((sec) => sec > 0)
  return isKnown ? lengths.reduce((sum, sec) => sum + sec, 0) : null
}

/** 20 bits of the rate, 8 of the form of the samples, 36 of their number. */
function lengthIn(info: Buffer): number {
  const rate = info.readUIntBE(10, 3) >> 4
  const samples = (info.readUInt8(13) & 0x0f) * 2 ** 32 + info.readUInt32BE(14)
  return rate > 0 ? samples / rate : 0
}
