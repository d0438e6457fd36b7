import { createHash, type Hash, randomBytes } from 'node:crypto'
import { get, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOUNDARY, startTestServer, type TestServer } from '../support.js'

const MIB = 1024 * 1024
const SIZE_MIB = 256

/** Far less than the file, but enough for the buffers of client and server, which share this process. */
const MAX_GROWTH_BYTES = 100 * MIB

let server: TestServer
beforeAll(async () => {
  server = await startTestServer(SIZE_MIB * MIB)
})
afterAll(() => server.close())

/** Runs the work and returns the maximum growth of memory. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 5)
  await work().finally(() => clearInterval(timer))
  return peak - before
}

function* form(hash: Hash): Generator<Buffer> {
  yield Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.mp4"\r\n\r\n`,
  )
  const chunk = randomBytes(MIB)
  for (let index = 0; index < SIZE_MIB; index += 1) {
    chunk.writeUInt32BE(index)
    hash.update(chunk)
    yield Buffer.from(chunk)
  }
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
}

async function upload(hash: Hash): Promise<number> {
  const headers = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` }
  const sending = request(`${server.url}/api/v1/upload`, { method: 'POST', headers })
  const answered = new Promise<number>((resolve, reject) => {
    sending.on('error', reject).on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
  })
  await pipeline(Readable.from(form(hash)), sending)
  return answered
}

test('an upload is streamed: complete, hashed, and not held in memory', async () => {
  const hash = createHash('sha256')
  const growth = await growthOf(async () => expect(await upload(hash)).toBe(202))
  expect(server.useCases.uploads.at(-1)).toMatchObject({
    sizeBytes: SIZE_MIB * MIB,
    sha256: hash.digest('hex'),
  })
  expect(growth).toBeLessThan(MAX_GROWTH_BYTES)
})

test('a download is streamed: complete, and not held in memory', async () => {
  const video = server.useCases.addVideo()
  await server.useCases.addFile(`uploads/${video.filename}`, SIZE_MIB * MIB)
  const growth = await growthOf(async () => {
    expect(await download(`${server.url}/api/v1/videos/${video.id}/download`)).toBe(SIZE_MIB * MIB)
  })
  expect(growth).toBeLessThan(MAX_GROWTH_BYTES)
})

/** Returns the number of bytes received. */
function download(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let bytes = 0
      response.on('error', reject).on('end', () => resolve(bytes))
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
    }).on('error', reject)
  })
}
