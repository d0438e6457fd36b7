import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiClient, createApiClient } from '../support/api-client.js'
import { makeClip, makeLogo } from '../support/clips.js'
import { type Platform, startPlatform } from '../support/platform.js'
import { expectRefusal, type Traces, traces } from '../support/refusal.js'

const UNKNOWN_ID = '019b0000-0000-7000-8000-000000000000'

describe('a wrong request', () => {
  let platform: Platform
  let api: ApiClient
  let videoId: string
  let before: Traces

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const clip = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 2 })
    videoId = await api.uploadVideo(clip)
    await api.upload('/assets', await makeLogo(join(platform.dataDir, 'logo.png'), '40x20', 'red'))
    before = await traces(platform)
  })
  afterAll(() => platform.destroy())

  const refuse = (response: Response, refusal: Parameters<typeof expectRefusal>[3]) =>
    expectRefusal(platform, before, response, refusal)

  test.each([
    [
      'trim: a start after the end',
      '/trim',
      { start_time: 1.5, end_time: 1 },
      400,
      'request-invalid',
      ['/end_time'],
    ],
    [
      'trim: a start at the end',
      '/trim',
      { start_time: 1, end_time: 1 },
      400,
      'request-invalid',
      ['/end_time'],
    ],
    ['trim: past the end', '/trim', { start_time: 0, end_time: 9 }, 400, 'edit-unrenderable', ['/end_time']],
    ['trim: negative', '/trim', { start_time: -1, end_time: 1 }, 400, 'request-invalid', ['/start_time']],
    [
      'trim: text in place of a number',
      '/trim',
      { start_time: 0, end_time: '1' },
      400,
      'request-invalid',
      ['/end_time'],
    ],
    [
      'trim: an unknown field',
      '/trim',
      { start_time: 0, end_time: 1, speed: 2 },
      400,
      'request-invalid',
      ['/speed'],
    ],
    [
      'quality: an unknown quality',
      '/quality',
      { qualities: ['720p', '999p'] },
      400,
      'request-invalid',
      ['/qualities/1'],
    ],
    [
      'watermark: unknown asset',
      '/watermark',
      { watermark_path: 'nobody.png' },
      404,
      'asset-not-found',
      ['/watermark_path'],
    ],
    [
      'watermark: ../ in the name',
      '/watermark',
      { watermark_path: '../logo.png' },
      400,
      'request-invalid',
      ['/watermark_path'],
    ],
    [
      'watermark: too little opacity',
      '/watermark',
      { watermark_path: 'logo.png', opacity: 0.05 },
      400,
      'request-invalid',
      ['/opacity'],
    ],
    [
      'overlay: an unknown asset',
      '/overlay',
      { overlay_type: 'image', content: 'nobody.png' },
      404,
      'asset-not-found',
      ['/content'],
    ],
    [
      'overlay: an image in place of a video',
      '/overlay',
      { overlay_type: 'video', content: 'logo.png' },
      400,
      'edit-unrenderable',
      ['/content'],
    ],
    [
      'overlay: an unknown type',
      '/overlay',
      { overlay_type: 'smell', content: 'x' },
      400,
      'request-invalid',
      ['/overlay_type'],
    ],
  ])('is refused for %s', async (_, path, fields, status, code, pointers) => {
    await refuse(await api.post(path, { video_id: videoId, ...fields }), { status, code, pointers })
  })

  test('is refused with all mistakes at once, each with a pointer into the operations', async () => {
    const operations = [
      { type: 'trim', start_time: 0, end_time: 60 },
      { type: 'overlay', overlay_type: 'video', content: 'logo.png' },
    ]
    const response = await api.post('/edits', { video_id: videoId, operations })
    await refuse(response, {
      status: 400,
      code: 'edit-unrenderable',
      pointers: ['/operations/0/end_time', '/operations/1/content'],
    })
  })

  test('is refused for an unknown id, and for text that is no id', async () => {
    const trim = { start_time: 0, end_time: 1 }
    await refuse(await api.post('/trim', { video_id: UNKNOWN_ID, ...trim }), {
      status: 404,
      code: 'video-not-found',
    })
    await refuse(await api.post('/trim', { video_id: '7', ...trim }), {
      status: 404,
      code: 'video-not-found',
      pointers: ['/video_id'],
    })
    await refuse(await fetch(api.url('/jobs/7')), {
      status: 404,
      code: 'job-not-found',
      pointers: ['/path/id'],
    })
    await refuse(await fetch(api.url(`/videos/${UNKNOWN_ID}`)), { status: 404, code: 'video-not-found' })
    await refuse(await fetch(api.url(`/jobs/${UNKNOWN_ID}`)), { status: 404, code: 'job-not-found' })
  })

  test('is refused for malformed JSON', async () => {
    const response = await fetch(api.url('/trim'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"video_id": ',
    })
    expect((await response.clone().json()) as object).toMatchObject({ code: 'request-invalid' })
    expect(response.status).toBe(400)
    expect(await traces(platform)).toEqual(before)
  })
})
