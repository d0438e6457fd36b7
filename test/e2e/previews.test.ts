import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstGray, readNumber } from '../support/frames.js'
import { AAC, ffmpeg, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

let platform: Platform
let api: ApiClient
let videoId: string

beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
  const clip = join(platform.dataDir, 'clip.mp4')
  await ffmpeg(
    ...lavfi(numberedVideo({ rate: '25', seconds: 6 })),
    ...lavfi('sine=d=6'),
    ...H264,
    ...AAC,
    clip,
  )
  videoId = await api.uploadVideo(clip)
})
afterAll(() => platform.destroy())

async function numberIn(response: Response): Promise<number | null> {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  const path = join(platform.dataDir, 'picture.jpg')
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  return readNumber(await firstGray(path))
}

const edit = () => ({
  video_id: videoId,
  operations: [
    { type: 'trim', start_time: 2, end_time: 5 },
    { type: 'overlay', overlay_type: 'text', content: 'नमस्ते', language: 'hi', position_y: 100 },
  ],
})
const preview = (fields: object) => api.post('/edits/preview', { edit: edit(), ...fields })

test('previews show the frames of the edit, frames those of the video, and nothing is left on the disk', async () => {
  expect(await numberIn(await preview({ at: 1 }))).toBe(75)
  const frame = () => fetch(api.url(`/videos/${videoId}/frame?at=1`))
  const first = await frame()
  const etag = first.headers.get('etag') ?? ''
  expect(await numberIn(first)).toBe(25)
  const again = await fetch(api.url(`/videos/${videoId}/frame?at=1`), { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  expect(await readdir(join(platform.dataDir, 'media/work'))).toEqual([])
})

test('a moment outside of the edit is refused with its length, and so is what the edit cannot do', async () => {
  const late = await api.problem(await preview({ at: 3 }))
  expect(late).toMatchObject({ status: 400, code: 'request-invalid', errors: [{ pointer: '/at' }] })
  expect(late.detail).toContain('3 s long')
  const wrong = { ...edit(), operations: [{ type: 'trim', start_time: 2, end_time: 50 }] }
  const refused = await api.problem(await api.post('/edits/preview', { edit: wrong }))
  expect(refused).toMatchObject({
    code: 'edit-unrenderable',
    errors: [{ pointer: '/edit/operations/0/end_time' }],
  })
  const sound = { video_id: videoId, output: { container: 'mp3' } }
  const silent = await api.problem(await api.post('/edits/preview', { edit: sound }))
  expect(silent).toMatchObject({ status: 400, code: 'no-picture' })
})
