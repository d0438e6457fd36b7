import { open } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { primariesNear } from '../../plan/colour/primaries.js'
import { taggedColours } from './colour-codes.js'
import { readIccProfile, type TaggedColours, transferOfGamma } from './icc-profile.js'
import { findChunk, pngChunks, webpChunks } from './image-chunks.js'

/** What says how an image is coloured lies before its pixels, within this many bytes. */
const MAX_HEAD_BYTES = 4 * 1024 * 1024

/** A profile with a matrix needs a few kilobytes. */
const MAX_PROFILE_BYTES = 4 * 1024 * 1024

const UNTAGGED: TaggedColours = { colorPrimaries: null, colorTransfer: null }

/**
 * The colours that an image file states for itself. ffprobe's answer depends on its version, and no version reads
 * profiles without being told to.
 * @param format the demuxer's name
 * @returns null for formats that state none
 */
export async function readImageColours(path: string, format: string): Promise<TaggedColours | null> {
  const read = READERS[format]
  if (!read) return null
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEAD_BYTES), 0, MAX_HEAD_BYTES, 0)
    return read(buffer.subarray(0, bytesRead)) ?? UNTAGGED
  } finally {
    await file.close()
  }
}

const READERS: Readonly<Record<string, (head: Buffer) => TaggedColours | null>> = {
  png_pipe: pngColours,
  jpeg_pipe: (head) => profileColours(jpegProfile(head)),
  webp_pipe: (head) => profileColours(findChunk(webpChunks(head), 'ICCP')),
}

function profileColours(profile: Buffer | null): TaggedColours | null {
  return profile && readIccProfile(profile)
}

/** In the order of precedence of the PNG specification, third edition, clause 4.3. */
function pngColours(head: Buffer): TaggedColours | null {
  const chunks = chunksBeforePixels(head)
  const codes = chunks.get('cICP')
  if (codes && codes.length >= 2) return taggedColours(codes.readUInt8(0), codes.readUInt8(1))
  const profile = chunks.get('iCCP')
  const found = profile && profileColours(inflated(profile))
  if (found) return found
  if (chunks.has('sRGB')) return { colorPrimaries: 'bt709', colorTransfer: 'iec61966-2-1' }
  return { colorPrimaries: chromaticities(chunks.get('cHRM')), colorTransfer: gamma(chunks.get('gAMA')) }
}

function chunksBeforePixels(head: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>()
  for (const { type, data, isWhole } of pngChunks(head)) {
    if (type === 'IDAT' || !isWhole) break
    chunks.set(type, data)
  }
  return chunks
}

/** The profile after its name, a zero and the number of the method. */
function inflated(chunk: Buffer): Buffer | null {
  try {
    return inflateSync(chunk.subarray(chunk.indexOf(0) + 2), { maxOutputLength: MAX_PROFILE_BYTES })
  } catch {
    // A damaged profile says nothing, as for browsers.
    return null
  }
}

/** White, red, green and blue as x and y in hundred-thousandths. */
function chromaticities(chunk: Buffer | undefined): string | null {
  if (!chunk || chunk.length < 32) return null
  const point = (at: number) => [chunk.readUInt32BE(at) / 1e5, chunk.readUInt32BE(at + 4) / 1e5] as const
  return primariesNear({ white: point(0), red: point(8), green: point(16), blue: point(24) })
}

/** The inverse of a gamma in hundred-thousandths. */
function gamma(chunk: Buffer | undefined): string | null {
  const inverse = chunk && chunk.length >= 4 ? chunk.readUInt32BE(0) / 1e5 : 0
  return inverse > 0 ? transferOfGamma(1 / inverse) : null
}

const ICC_HEADER = 'ICC_PROFILE\0'

/** A profile may be spread over several segments, which are numbered. */
function jpegProfile(head: Buffer): Buffer | null {
  const parts: { readonly number: number; readonly data: Buffer }[] = []
  for (let offset = 2; offset + 4 <= head.length;) {
    const [marker, length] = [head.readUInt16BE(offset), head.readUInt16BE(offset + 2)]
    // Start of the scan, or not a marker at all.
    if (marker === 0xff_da || marker < 0xff_00 || length < 2) break
    const data = head.subarray(offset + 4, offset + 2 + length)
    if (marker === 0xff_e2 && data.toString('latin1', 0, ICC_HEADER.length) === ICC_HEADER) {
      const at = ICC_HEADER.length
      parts.push({ number: data[at] ?? 0, data: data.subarray(at + 2) })
    }
    offset += 2 + length
  }
  if (parts.length === 0) return null
  return Buffer.concat(parts.sort((a, b) => a.number - b.number).map(({ data }) => data))
}
