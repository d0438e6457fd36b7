import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { videoListSchema, videoSchema } from '../../../src/http/present/video.js'
import { UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.useCases.jobs.clear()
  server.useCases.videos.clear()
})

const get = (path: string) => fetch(`${server.url}/api/v1${path}`)

describe('videos', () => {
  test('have every field of the contract, and the size at which they are displayed', async () => {
    const video = server.useCases.addVideo({ posterPath: 'processed/x/poster.jpg' })
    const body = await readJson(await get(`/videos/${video.id}`))
    expect(videoSchema.validate(body, { convert: false }).error).toBeUndefined()
    expect(body).toEqual({
      id: video.id,
      filename: video.filename,
      original_filename: 'clip.mp4',
      file_size: 1_000_000,
      duration: 5.041667,
      width: 1080,
      height: 1920,
      format: 'mov,mp4,m4a,3gp,3g2,mj2',
      mime_type: 'video/mp4',
      upload_time: '2026-01-02T03:04:05.006Z',
      status: 'ready',
      frame_rate: 29.97,
      rotation: 90,
      video_codec: 'h264',
      audio_codec: 'aac',
      bit_rate: 1_600_000,
      damage: null,
      sha256: 'a'.repeat(64),
      download_url: `/api/v1/videos/${video.id}/download`,
      poster_url: '/processed/x/poster.jpg',
    })
  })

  test('are listed in pages, by skip and limit', async () => {
    for (let count = 0; count < 5; count += 1) server.useCases.addVideo()
    const body = await readJson(await get('/videos?skip=2&limit=2'))
    expect(videoListSchema.validate(body, { convert: false }).error).toBeUndefined()
    expect(body).toMatchObject({ total: 5, page: 2, limit: 2 })
    expect(body['videos']).toHaveLength(2)
    expect(await readJson(await get('/videos'))).toMatchObject({ total: 5, page: 1, limit: 100 })
  })

  test('can be deleted once', async () => {
    const video = server.useCases.addVideo()
    const path = `${server.url}/api/v1/videos/${video.id}`
    const gone = await fetch(path, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    expect(await gone.text()).toBe('')
    await expectProblem(await fetch(path, { method: 'DELETE' }), 404, 'video-not-found')
    await expectProblem(await get(`/videos/${UNKNOWN_VIDEO}`), 404, 'video-not-found')
  })
})
