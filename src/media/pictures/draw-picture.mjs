// A program of its own, started by draw.ts and confined like ffmpeg: it reads pictures that ffmpeg cannot read, and
// writes what every ffmpeg can. What it says on stderr with the code 3 is meant for people.
import { readFile, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { foreignReference } from './foreign-reference.mjs'

/** Pixels of a drawing, and of all frames of an animation together. */
const MAX_DRAWN = 50_000_000
const MAX_ANIMATED = 256_000_000
/** Pixels of the frames that are decoded at once. */
const BATCH = 32_000_000
const MAX_FRAMES = 5000
/** Browsers play frames of up to 10 ms so. */
const QUICK_MS = 10
const USUAL_MS = 100

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

class Refusal extends Error {}

sharp.cache(false)
sharp.concurrency(1)

const [kind = '', input = '', output = '', width = '', height = ''] = process.argv.slice(2)
try {
  if (kind === 'svg') await draw()
  else await animate()
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof Refusal ? 3 : 1
}

/** Draws an SVG at a size, or at its own. Read from memory, it has no folder and no address to name other files by. */
async function draw() {
  const file = recognisable(await readFile(input))
  const foreign = foreignReference(file.toString('utf8'))
  if (foreign !== null) {
    throw new Refusal(
      `The drawing refers to "${foreign}". ` +
        'It may refer to parts of itself, and have PNG, JPEG, GIF and WebP pictures in "data:" addresses.',
    )
  }
  const picture = sharp(file, { limitInputPixels: MAX_DRAWN })
  const own = await picture.metadata().catch((/** @type {unknown} */ error) => {
    throw new Refusal(`The drawing cannot be read: ${reasonOf(error)}.`)
  })
  const size = width ? { width: Number(width), height: Number(height) } : own
  if (size.width * size.height > MAX_DRAWN) {
    throw new Refusal(
      `The drawing is ${size.width}×${size.height}: more than ${MAX_DRAWN / 1e6} million pixels.`,
    )
  }
  await picture
    .resize({ width: size.width, height: size.height, fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .png({ compressionLevel: 1 })
    .toFile(output)
    .catch(() => {
      throw new Refusal('The drawing cannot be drawn: it is damaged, or has too many parts.')
    })
}

/**
 * A drawing as the library recognises it: in UTF-8, with its first tag among the first bytes.
 * @param {Buffer} file
 */
function recognisable(file) {
  const mark = file.subarray(0, 2).toString('hex')
  const isWide = mark === 'fffe' || mark === 'feff'
  if (mark === 'feff') file.subarray(0, file.length & ~1).swap16()
  const text = file.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  // In another encoding than UTF-8, as the declaration says, it stays as it is.
  const isOther = !isWide && /^\s*<\?xml[^>]*encoding=["'](?!utf-?8)/i.test(text)
  return isOther ? file : Buffer.from(`<!-- <svg> -->${text.replace(/^\s*<\?xml[^>]*\?>/, '')}`)
}

/** The last of what the library says, on one line. @param {unknown} error */
function reasonOf(error) {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return (lines.at(-1) ?? '').replace(/^.* of data: |\.$/g, '').slice(0, 200)
}

/** Makes an APNG of an animated WebP: whole frames, with their times and the number of plays. */
async function animate() {
  const bytes = await readFile(input)
  const {
    pages = 1,
    pageHeight,
    width: across,
    height: down,
    delay = [],
    loop = 0,
  } = await sharp(bytes, {
    animated: true,
    limitInputPixels: false,
  }).metadata()
  const frame = across * (pageHeight ?? down)
  if (pages > MAX_FRAMES || frame * pages > MAX_ANIMATED) {
    const most = Math.min(MAX_FRAMES, Math.floor(MAX_ANIMATED / frame))
    throw new Refusal(
      `The animation has ${pages} frames of ${across}×${pageHeight ?? down}; at that size ${most} are taken.`,
    )
  }
  const parts = await framesOf(bytes, {
    pages,
    loop,
    delay,
    perBatch: Math.max(1, Math.floor(BATCH / frame)),
  })
  await writeFile(
    output,
    Buffer.concat([SIGNATURE, ...parts, chunkOf({ type: 'IEND', data: Buffer.alloc(0) })]),
  )
}

/**
 * The chunks of all frames.
 * @param {Buffer} bytes
 * @param {{ pages: number, loop: number, delay: number[], perBatch: number }} animation
 */
async function framesOf(bytes, { pages, loop, delay, perBatch }) {
  /** @type {Buffer[]} */
  const parts = []
  let sequence = 0
  for (let first = 0; first < pages; first += perBatch) {
    const count = Math.min(perBatch, pages - first)
    for (const [index, { size, chunks }] of (await framesFrom(bytes, first, count)).entries()) {
      const number = first + index
      const head = chunks.filter(({ type }) => type === 'IHDR').map(chunkOf)
      if (number === 0) parts.push(...head, control(pages, loop))
      parts.push(frameControl(sequence++, size, delay[number] ?? USUAL_MS))
      for (const { type, data } of chunks) {
        if (type !== 'IDAT') continue
        parts.push(number === 0 ? chunkOf({ type, data }) : numbered(sequence++, data))
      }
    }
  }
  return parts
}

/**
 * Some frames as PNG.
 * @param {Buffer} bytes @param {number} first @param {number} count
 */
async function framesFrom(bytes, first, count) {
  const { data, info } = await sharp(bytes, { page: first, pages: count, limitInputPixels: false })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height / count, channels: /** @type {const} */ (4) }
  const bytesEach = raw.width * raw.height * raw.channels
  const frames = []
  for (let index = 0; index < count; index += 1) {
    const pixels = data.subarray(index * bytesEach, (index + 1) * bytesEach)
    const png = await sharp(pixels, { raw }).png({ compressionLevel: 3 }).toBuffer()
    frames.push({ size: raw, chunks: pngChunks(png) })
  }
  return frames
}

/** @typedef {{ type: string, data: Buffer }} Chunk */

/** @param {Buffer} png @returns {Chunk[]} */
function pngChunks(png) {
  const chunks = []
  for (let at = SIGNATURE.length; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

/** @param {Chunk} chunk */
function chunkOf({ type, data }) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** 0 plays: for ever, in both formats. @param {number} frames @param {number} plays */
function control(frames, plays) {
  const data = Buffer.alloc(8)
  data.writeUInt32BE(frames, 0)
  data.writeUInt32BE(plays, 4)
  return chunkOf({ type: 'acTL', data })
}

/**
 * A frame that replaces the one before it.
 * @param {number} sequence
 * @param {{ width: number, height: number }} size
 * @param {number} delayMs
 */
function frameControl(sequence, size, delayMs) {
  const data = Buffer.alloc(26)
  data.writeUInt32BE(sequence, 0)
  data.writeUInt32BE(size.width, 4)
  data.writeUInt32BE(size.height, 8)
  data.writeUInt16BE(Math.min(delayMs <= QUICK_MS ? USUAL_MS : delayMs, 65_535), 20)
  data.writeUInt16BE(1000, 22)
  return chunkOf({ type: 'fcTL', data })
}

/** @param {number} sequence @param {Buffer} coded */
function numbered(sequence, coded) {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(sequence)
  return chunkOf({ type: 'fdAT', data: Buffer.concat([number, coded]) })
}
