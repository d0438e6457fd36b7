import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeRgb } from '../support/frames.js'
import { AAC, ffmpeg, lavfi } from '../support/lavfi.js'
import { expectColour, middle } from '../support/pictures/images.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'
import { expectRefusal, traces } from './support/refusal.js'

let platform: Platform
let api: ApiClient

beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
})
afterAll(() => platform.destroy())

async function make(name: string, ...args: readonly string[]): Promise<string> {
  const path = join(platform.dataDir, name)
  await ffmpeg(...args, path)
  return path
}

const photo = (name: string, colour: string) =>
  make(name, ...lavfi(`color=${colour}:s=640x360,format=yuvj420p`), '-frames:v', '1', '-q:v', '1')

test('a slide show is made of photos and music alone', async () => {
  const videoId = await api.uploadVideo(await photo('first.jpg', '0xc86432'))
  const video = (await (await fetch(api.url(`/videos/${videoId}`))).json()) as Record<string, unknown>
  expect(video).toMatchObject({ status: 'ready', duration: 0, width: 640, height: 360 })
  expect(video['poster_url']).not.toBeNull()
  await api.upload('/assets', await photo('second.jpg', '0x3264c8'))
  await api.upload('/assets', await make('music.m4a', ...lavfi('sine=d=1'), ...AAC))
  const { job_id: id } = await api.submit('/edits', {
    video_id: videoId,
    image: { duration: 1.2, frame_rate: 25 },
    operations: [
      { type: 'concat', videos: [{ image: 'second.jpg', duration: 1.2 }], transition: 'crossfade' },
      { type: 'replace_audio', audio: 'music.m4a', loop: true },
    ],
  })
  const job = await api.followToEnd(id)
  expect(job).toMatchObject({ status: 'completed', error_code: null })
  expect(job.outputs).toMatchObject([{ width: 640, height: 360, frame_rate: 25, audio_codec: 'aac' }])
  const path = join(platform.dataDir, 'show.mp4')
  const response = await fetch(api.url(`/jobs/download/${id}`))
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  const pictures = await decodeRgb(path)
  expect(pictures).toHaveLength(35)
  expectColour(middle(pictures[0]), [200, 100, 50])
  expectColour(middle(pictures[34]), [50, 100, 200])
})

test('an image without a length is refused with what to do', async () => {
  const videoId = await api.uploadVideo(await photo('alone.jpg', 'red'))
  const before = await traces(platform)
  const refusal = { status: 400, code: 'edit-unrenderable' }
  const edit = await post('/edits', { video_id: videoId, operations: [] })
  await expectRefusal(platform, before, edit, { ...refusal, pointers: ['/image'] })
  const trim = await post('/trim', { video_id: videoId, start_time: 0, end_time: 1 })
  await expectRefusal(platform, before, trim, { ...refusal, pointers: ['/video_id'] })
})

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(api.url(path), { method: 'POST', headers, body: JSON.stringify(body) })
}
