import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until.js'
import { createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'
import { filesBelow } from './support/processes.js'

let platform: Platform
let clip: Buffer
beforeAll(async () => {
  platform = await startPlatform()
  const path = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 640, height: 360, seconds: 20 })
  clip = await readFile(path)
})
afterAll(() => platform.destroy())

interface Replica {
  readonly process: ChildProcess
  readonly port: number
}

/** Another API over the same database and the same storage. */
async function startReplica(): Promise<Replica> {
  const child = spawn(process.execPath, ['dist/src/api.js'], {
    env: { ...process.env, DATA_DIR: platform.dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return { process: child, port: Number(new URL(url).port) }
}

async function kill({ process: child }: Replica): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** One address for replicas that come and go, as a load balancer has it. */
async function startBalancer(target: () => Replica): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming) => {
    const outgoing = connect(target().port, '127.0.0.1')
    incoming.pipe(outgoing).pipe(incoming)
    incoming.on('error', () => outgoing.destroy()).on('close', () => outgoing.destroy())
    outgoing.on('error', () => incoming.destroy()).on('close', () => incoming.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The video that the job made, whose bytes must be those of the clip. */
async function expectClip(jobId: string): Promise<void> {
  const api = createApiClient(platform.apiUrl)
  const job = await api.followToEnd(jobId)
  expect(job).toMatchObject({ type: 'upload', status: 'completed' })
  const stored = await fetch(api.url(`/videos/${job.video_id}/download`))
  expect(Buffer.from(await stored.arrayBuffer()).equals(clip)).toBe(true)
  expect(await filesBelow(join(platform.mediaDir, 'work'))).toEqual([])
}

test('tus-js-client goes on with another replica when the API is killed, again and again', async () => {
  let replica = await startReplica()
  const { server, url } = await startBalancer(() => replica)
  const chunkSize = Math.ceil(clip.length / 60)
  let chunks = 0
  const kills: Promise<void>[] = []
  const change = async () => {
    const next = await startReplica()
    const before = replica
    replica = next
    await kill(before)
  }
  const sent: number[] = []
  const jobId = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(clip, {
      endpoint: `${url}/api/v1/uploads`,
      chunkSize,
      retryDelays: Array.from({ length: 40 }, () => 500),
      metadata: { filename: 'clip.mp4' },
      onChunkComplete: (_size, accepted) => {
        sent.push(accepted)
        chunks += 1
        if (chunks % 15 === 5) kills.push(change())
      },
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('X-Job-Id') ?? ''),
    })
    upload.start()
  })
  await Promise.all(kills)
  expect(kills.length).toBeGreaterThan(1)
  // It never began anew.
  expect(sent.filter((accepted) => accepted <= chunkSize)).toHaveLength(1)
  await expectClip(jobId)
  server.close()
  await kill(replica)
})

test('the lease of a killed API runs out, and its upload goes on elsewhere', async () => {
  const first = await startReplica()
  const second = await startReplica()
  const at = (replica: Replica, path: string) => `http://127.0.0.1:${replica.port}${path}`
  const begun = await fetch(at(first, '/api/v1/uploads'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ filename: 'clip.mp4', size: clip.length }),
  })
  const path = begun.headers.get('location') ?? ''
  const tus = { 'Tus-Resumable': '1.0.0' }
  const patch = (replica: Replica, offset: number, to: number) =>
    fetch(at(replica, path), {
      method: 'PATCH',
      headers: {
        ...tus,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(offset),
      },
      body: new Uint8Array(clip.subarray(offset, to)),
    })
  const third = Math.floor(clip.length / 3)
  expect((await patch(first, 0, third)).status).toBe(204)
  const socket = connect(first.port, '127.0.0.1').on('error', () => undefined)
  socket.write(
    `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${third}\r\n` +
      `Content-Type: application/offset+octet-stream\r\nContent-Length: ${clip.length - third}\r\n\r\n`,
  )
  socket.write(clip.subarray(third, 2 * third))
  await until('the request holds the upload', async () => {
    const usage = (await (await fetch(at(first, '/api/v1/usage'))).json()) as {
      open_uploads: { used: number }
    }
    return usage.open_uploads.used === 1
  })
  await kill(first)
  const head = await fetch(at(second, path), { method: 'HEAD', headers: tus })
  const offset = Number(head.headers.get('upload-offset'))
  expect(offset).toBeGreaterThanOrEqual(third)
  const last = await patch(second, offset, clip.length)
  expect(last.status).toBe(204)
  await expectClip(last.headers.get('x-job-id') ?? '')
  await kill(second)
})
