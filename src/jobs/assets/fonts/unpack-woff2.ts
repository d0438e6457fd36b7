import { once } from 'node:events'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

const SIGNATURE = 'wOF2'
const HEADER_SIZE = 48

/** Real fonts have about twenty, collections some hundreds. */
const MAX_TABLES = 4096

/** The largest fonts, of Chinese, take 2 s. */
const MAX_MS = 30_000

export function isWoff2(file: Buffer): boolean {
  return file.toString('latin1', 0, 4) === SIGNATURE
}

/**
 * The font in a WOFF2 file (https://www.w3.org/TR/WOFF2/). Its tables say how large they become before anything is
 * unpacked; the library that unpacks them makes them no larger. It works in a thread of its own, for a limited time.
 * @throws RangeError for a file that is damaged or too large
 */
export async function unpackWoff2(file: Buffer, maxBytes: number): Promise<Buffer> {
  const announced = announcedSize(file)
  if (announced > maxBytes) throw new RangeError(`${announced} bytes`)
  const font = await decompress(file)
  if (font.length > maxBytes) throw new RangeError(`${font.length} bytes`)
  return font
}

/** What the thread runs: a module of ours would have to be compiled first. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData.library)
  .then(({ default: decompress }) => decompress(workerData.file))
  .then((font) => parentPort.postMessage(font))
`

async function decompress(file: Buffer): Promise<Buffer> {
  const library = pathToFileURL(createRequire(import.meta.url).resolve('woff2-encoder/decompress')).href
  const thread = new Worker(PROGRAM, {
    eval: true,
    workerData: { library, file },
    stdout: true,
    stderr: true,
  })
  try {
    const messages: unknown[] = await once(thread, 'message', { signal: AbortSignal.timeout(MAX_MS) })
    const [font] = messages
    if (font instanceof Uint8Array) return Buffer.from(font.buffer, font.byteOffset, font.byteLength)
    throw new TypeError('no font came of it')
  } catch (error) {
    throw new RangeError('the font cannot be unpacked', { cause: error })
  } finally {
    await thread.terminate()
  }
}

/** A table's own transformation keeps its size within that of the table, or says how large it is. */
function announcedSize(file: Buffer): number {
  const count = file.readUInt16BE(12)
  if (count > MAX_TABLES) throw new RangeError(`${count} tables`)
  let [at, sum] = [HEADER_SIZE, file.readUInt32BE(16)]
  const number = () => {
    const { value, end } = readNumber(file, at)
    at = end
    return value
  }
  for (let index = 0; index < count; index += 1) {
    const flags = file.readUInt8(at)
    const [known, version] = [flags & 0x3f, flags >> 6]
    at += known === OTHER_TAG ? 5 : 1
    sum += number()
    const isOutline = known === GLYF || known === LOCA
    if (isOutline ? version !== UNTRANSFORMED_OUTLINE : version !== 0) sum += number()
  }
  return sum
}

/** Numbers of tags and transformations in the standard's tables. */
const OTHER_TAG = 0x3f
const GLYF = 10
const LOCA = 11
const UNTRANSFORMED_OUTLINE = 3

const MAX_DIGITS = 5

/** UIntBase128: seven bits a byte, the highest first. */
function readNumber(file: Buffer, start: number): { value: number; end: number } {
  let value = 0
  for (let at = start; at < start + MAX_DIGITS; at += 1) {
    const byte = file.readUInt8(at)
    value = value * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) return { value, end: at + 1 }
  }
  throw new RangeError('a number without end')
}
