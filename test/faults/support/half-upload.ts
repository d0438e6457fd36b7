import { stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import type { Platform } from '../../e2e/support/platform.js'
import { filesBelow } from '../../e2e/support/processes.js'
import { until } from '../../support/until.js'
import type { Answer } from './insistent-client.js'

interface HalfUpload {
  /** Sends the rest. */
  finish(): Promise<Answer & { readonly retryAfter: string | undefined }>
}

/** The API gathers at most this much before it writes. */
const UNWRITTEN_BYTES = 1024 * 1024
const BOUNDARY = 'boundary-of-the-form'

/** Sends half of a file, and waits until the API has stored it. */
export async function beginUpload(platform: Platform, bytes: Buffer): Promise<HalfUpload> {
  const head = Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="clip.mp4"\r\n` +
      'Content-Type: video/mp4\r\n\r\n',
  )
  const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
  const req = request(new URL('/api/v1/upload', platform.apiUrl), {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': head.length + bytes.length + tail.length,
    },
  })
  const answer = new Promise<Answer & { retryAfter: string | undefined }>((resolve, reject) => {
    req.once('error', reject)
    req.once('response', (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.once('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
        resolve({ status: res.statusCode ?? 0, body, retryAfter: res.headers['retry-after'] })
      })
    })
  })
  // The API may answer before it has everything; whoever waits for the answer hears of it then.
  answer.catch(() => undefined)
  const half = Math.floor(bytes.length / 2)
  req.write(head)
  req.write(bytes.subarray(0, half))
  const hasArrived = async () =>
    (await isUploading(platform)) && (await incomingBytes(platform)) >= half - UNWRITTEN_BYTES
  await until('half of the upload has arrived', hasArrived)
  return {
    finish: () => {
      req.write(bytes.subarray(half))
      req.end(tail)
      return answer
    },
  }
}

async function incomingBytes(platform: Platform): Promise<number> {
  const files = (await filesBelow(platform.mediaDir)).filter((name) => name.startsWith('work/incoming-'))
  const sizes = await Promise.all(
    files.map((name) =>
      stat(join(platform.mediaDir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return Math.max(0, ...sizes)
}

/** Whether there are files of an upload that has not ended. */
export async function isUploading({ mediaDir }: Platform): Promise<boolean> {
  return (await filesBelow(mediaDir)).some((name) => name.startsWith('work/incoming-'))
}
