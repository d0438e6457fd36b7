import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeRgb, type Rgb, rgbAt } from '../support/frames.js'
import { ffmpeg, lavfi } from '../support/lavfi.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'

let platform: Platform
let api: ApiClient
let videoId = ''

beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
  const clip = join(platform.dataDir, 'long.mp4')
  videoId = await api.uploadVideo(await makeClip(clip, { width: 640, height: 360, seconds: 20 }))
})
afterAll(() => platform.destroy())

async function putLogo(colour: string): Promise<void> {
  const folder = join(platform.dataDir, colour)
  await mkdir(folder, { recursive: true })
  await ffmpeg(...lavfi(`color=${colour}:s=64x64`), '-frames:v', '1', join(folder, 'logo.png'))
  await fetch(api.url('/assets/logo.png'), { method: 'DELETE' })
  const response = await api.upload('/assets', join(folder, 'logo.png'))
  expect(response.status).toBe(201)
}

const edit = (heights: readonly number[]) => ({
  video_id: videoId,
  operations: [{ type: 'overlay', overlay_type: 'image', content: 'logo.png', position_x: 0, position_y: 0 }],
  output: { renditions: heights.map((height) => ({ name: `${height}p`, height })) },
})

/** The colour in the corner of the first and of the last frame. */
async function cornersOf(jobId: string, name: string): Promise<(Rgb | undefined)[]> {
  const path = join(platform.dataDir, `${name}.mp4`)
  const response = await fetch(api.url(`/jobs/download/${jobId}?quality=${name}`))
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  const frames = await decodeRgb(path)
  return [frames[0], frames.at(-1)].map((frame) => frame && rgbAt(frame, 8, 8))
}

const isRed = ([red, , blue]: Rgb) => red > 200 && blue < 60
const isBlue = ([red, , blue]: Rgb) => blue > 200 && red < 60

test('a job that is tried again after an asset was replaced has the old picture throughout, and the next job the new one', async () => {
  await putLogo('red')
  const { job_id: id } = await api.submit('/edits', edit([360, 180]))
  await api.follow(id, ({ progress }) => progress > 0)
  await api.post(`/jobs/${id}/cancel`, undefined)
  expect(await api.followToEnd(id)).toMatchObject({ status: 'cancelled' })

  await putLogo('blue')
  expect((await api.post(`/jobs/${id}/retry`, undefined)).status).toBe(202)
  expect(await api.followToEnd(id)).toMatchObject({ status: 'completed', error_code: null })
  for (const name of ['360p', '180p'])
    expect((await cornersOf(id, name)).every((rgb) => rgb && isRed(rgb))).toBe(true)

  const { job_id: next } = await api.submit('/edits', edit([180]))
  expect(await api.followToEnd(next)).toMatchObject({ status: 'completed' })
  expect((await cornersOf(next, '180p')).every((rgb) => rgb && isBlue(rgb))).toBe(true)
})

test('an asset that is deleted while a job that was accepted with it has not ended is still drawn', async () => {
  await putLogo('red')
  const { job_id: id } = await api.submit('/edits', edit([180]))
  expect((await fetch(api.url('/assets/logo.png'), { method: 'DELETE' })).status).toBe(204)
  expect(await api.followToEnd(id)).toMatchObject({ status: 'completed', error_code: null })
  expect((await cornersOf(id, '180p')).every((rgb) => rgb && isRed(rgb))).toBe(true)
  const refused = await api.post('/edits', edit([180]))
  expect(refused.status).toBe(404)
})
