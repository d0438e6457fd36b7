import { request } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startPlatform, type Platform } from '../e2e/support/platform.js'
import { ffmpegBelow, filesBelow } from '../e2e/support/processes.js'
import { until } from '../support/until.js'
import { uploadHeavy } from './support/heavy.js'
import { createInsistentClient } from './support/insistent-client.js'
import { encodeClip } from './support/load.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { findService, signal } from './support/services.js'

let platform: Platform
afterEach(() => platform.destroy())

async function serviceOf(name: 'api' | 'worker'): Promise<number> {
  const pid = await findService(platform, name)
  if (pid === null) throw new Error(`there is no ${name}`)
  return pid
}

describe('SIGTERM', () => {
  test('of the API: an upload that has begun is finished and accepted', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const bytes = await readFile(await encodeClip(join(platform.dataDir, 'clip.mp4'), '640x360', 4))
    const pid = await serviceOf('api')
    const upload = beginUpload(bytes)
    const incoming = async () =>
      (await filesBelow(join(platform.dataDir, 'media/work'))).some((name) => name.startsWith('incoming-'))
    await until('the upload arrives', incoming)
    signal(pid, 'SIGTERM')
    const refused = async () => (await fetch(new URL('/', platform.apiUrl)).catch(() => null)) === null
    await until('no new connection is taken', refused)
    const { status, jobId } = await upload.finish()
    expect(status).toBe(202)
    await until('the API is started again', async () => {
      const now = await findService(platform, 'api')
      return now !== null && now !== pid
    })
    await expectNothingLost(platform, [{ jobId, what: 'upload', frames: null, mayBeCancelled: false }])
    expect(await incoming()).toBe(false)
  })

  test('of the worker: its encodes stop with it, and begin again elsewhere', async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const client = createInsistentClient(platform.apiUrl)
    const heavy = await uploadHeavy(platform, client, 12)
    const job = await heavy.begin('drained')
    const before = await ffmpegBelow(platform.dataDir)
    const pid = await serviceOf('worker')
    signal(pid, 'SIGTERM')
    await until('the worker is gone', async () => (await findService(platform, 'worker')) !== pid, 20_000)
    const left = (await ffmpegBelow(platform.dataDir)).filter((one) => before.includes(one))
    expect(left).toEqual([])
    await expectNothingLost(platform, [job])
  })
})

/** Sends half of a file, and the rest when it is told to. */
function beginUpload(bytes: Buffer): { finish(): Promise<{ status: number; jobId: string }> } {
  const boundary = 'boundary-of-the-form'
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="clip.mp4"\r\n` +
      'Content-Type: video/mp4\r\n\r\n',
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const req = request(new URL('/api/v1/upload', platform.apiUrl), {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + bytes.length + tail.length,
    },
  })
  const answer = new Promise<{ status: number; jobId: string }>((resolve, reject) => {
    req.once('error', reject)
    req.once('response', (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.once('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
        const id: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'job_id') : null
        resolve({ status: res.statusCode ?? 0, jobId: String(id) })
      })
    })
  })
  const half = Math.floor(bytes.length / 2)
  req.write(head)
  req.write(bytes.subarray(0, half))
  return {
    finish: () => {
      req.write(bytes.subarray(half))
      req.end(tail)
      return answer
    },
  }
}
