import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEvents } from '../support/events/event-stream.js'
import { ffmpeg } from '../support/lavfi.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { makeClip, makeLogo } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('every route on the running platform', () => {
  let platform: Platform
  let api: ApiClient
  let clip: string
  let videoId: string

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    clip = await makeClip(join(platform.dataDir, 'कतरन 1.mp4'), {
      ...{ width: 320, height: 180, seconds: 2, gop: 10 },
    })
    videoId = await api.uploadVideo(clip)
    await api.upload('/assets', await makeLogo(join(platform.dataDir, 'logo.png'), '40x20', 'red'))
  })
  afterAll(() => platform.destroy())

  const finish = async (path: string, body: object): Promise<JobWire> => {
    const job = await api.followToEnd((await api.submit(path, { video_id: videoId, ...body })).job_id)
    expect(job).toMatchObject({ status: 'completed', error_message: null })
    return job
  }
  const page = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, platform.apiUrl), { headers })

  test('GET /videos and /videos/{id} describe the upload', async () => {
    const list = await api.get<{ videos: object[]; total: number }>('/videos?skip=0&limit=10')
    expect(list).toMatchObject({ total: 1, page: 1, limit: 10 })
    const video = await api.get<object>(`/videos/${videoId}`)
    expect(list.videos).toEqual([video])
    expect(video).toMatchObject({
      ...{ id: videoId, original_filename: 'कतरन 1.mp4', status: 'ready', mime_type: 'video/mp4' },
      ...{ width: 320, height: 180, frame_rate: 25, rotation: 0, video_codec: 'h264', audio_codec: 'aac' },
    })
  })

  test('GET /videos/{id}/download gives the original bytes under the original name', async () => {
    const original = await readFile(clip)
    const response = await fetch(api.url(`/videos/${videoId}/download`))
    expect(Buffer.from(await response.arrayBuffer()).equals(original)).toBe(true)
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('कतरन 1.mp4'))
    expect(response.headers.get('etag')).toBe(`"${sha256(original)}"`)
    const part = await fetch(api.url(`/videos/${videoId}/download`), { headers: { range: 'bytes=10-19' } })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(original.subarray(10, 20))).toBe(true)
  })

  test.each([
    ['/trim', { start_time: 0.4, end_time: 1.2 }, 'trim'],
    ['/overlay', { overlay_type: 'text', content: 'Hello' }, 'overlay'],
    ['/overlay', { overlay_type: 'image', content: 'logo.png', position_x: 9, position_y: 9 }, 'overlay'],
    ['/watermark', { watermark_path: 'logo.png' }, 'watermark'],
  ])('POST %s renders one file at the edited size', async (path, body, type) => {
    const job = await finish(path, body)
    expect(job).toMatchObject({ type, video_id: videoId })
    expect(job.outputs).toMatchObject([{ name: 'edited', width: 320, height: 180 }])
  })

  test('POST /trim copies the groups of frames between its cuts, or everything from key frame to key frame', async () => {
    const hashes = async (path: string) => {
      const file = await ffmpeg('-i', path, '-map', '0:v', '-f', 'framemd5', 'pipe:1')
      return file.toString('utf8').match(/[0-9a-f]{32}/g) ?? []
    }
    const original = await hashes(clip)
    const cut = async (mode: string | null) => {
      const job = await finish('/trim', { start_time: 0.3, end_time: 1.9, mode })
      const response = await fetch(api.url(`/jobs/download/${job.job_id}`))
      const path = join(platform.dataDir, `trimmed-${mode}.mp4`)
      await writeFile(path, new Uint8Array(await response.arrayBuffer()))
      return { frames: await hashes(path), warnings: job.warnings.map(({ code }) => code) }
    }
    const smart = await cut(null)
    expect([smart.frames.length, smart.warnings]).toEqual([40, []])
    expect(smart.frames.slice(2, 32)).toEqual(original.slice(10, 40))
    // The clip has one group, so that all of it is kept.
    expect(await cut('keyframe')).toEqual({
      frames: original,
      warnings: ['trim-at-key-frames', 'no-effect'],
    })
  })

  test('POST /overlay lays a video asset over the picture', async () => {
    const small = await makeClip(join(platform.dataDir, 'small.mp4'), { width: 64, height: 36, seconds: 2 })
    expect((await api.upload('/assets', small)).status).toBe(201)
    await finish('/overlay', { overlay_type: 'video', content: 'small.mp4', start_time: 0.5 })
  })

  test('POST /quality renders the qualities, and downloads return them', async () => {
    const job = await finish('/quality', { qualities: ['240p', '360p'] })
    expect(job.outputs.map(({ name, width, height }) => [name, width, height])).toEqual([
      ['360p', 640, 360],
      ['240p', 426, 240],
    ])
    const [first] = job.outputs
    const download = async (query: string) => {
      const response = await fetch(api.url(`/jobs/download/${job.job_id}${query}`))
      return sha256(new Uint8Array(await response.arrayBuffer()))
    }
    expect(await download('')).toBe(first?.sha256)
    expect(await download('?quality=240p')).toBe(job.outputs[1]?.sha256)
    expect((await fetch(api.url(`/jobs/download/${job.job_id}?quality=720p`))).status).toBe(404)
    const served = await page(`/processed/${job.job_id}/360p.mp4`)
    expect(served.headers.get('content-type')).toBe('video/mp4')
    expect(sha256(new Uint8Array(await served.arrayBuffer()))).toBe(first?.sha256)
  })

  test('GET /jobs/status, /jobs/result and /jobs describe a job', async () => {
    const accepted = await api.submit('/trim', { video_id: videoId, start_time: 0, end_time: 1 })
    const early = await fetch(api.url(`/jobs/result/${accepted.job_id}`))
    expect(early.status).toBe(200)
    const job = await api.followToEnd(accepted.job_id)
    expect(await api.get(`/jobs/status/${job.job_id}`)).toMatchObject({
      ...{ job_id: job.job_id, status: 'completed', progress: 100, error_message: null },
    })
    expect(await api.get(`/jobs/result/${job.job_id}`)).toMatchObject({
      ...{ job_id: job.job_id, status: 'completed', outputs: job.outputs },
      processed_video_id: job.outputs[0]?.processed_video_id,
    })
    const { jobs } = await api.get<{ jobs: JobWire[] }>('/jobs?type=trim&limit=1')
    expect(jobs).toEqual([job])
  })

  test('GET /jobs/{id}/events reports a job to its end', async () => {
    const accepted = await api.submit('/quality', { video_id: videoId, qualities: ['240p', '360p'] })
    const stream = await openEvents(api.url(`/jobs/${accepted.job_id}/events`).href)
    await stream.ended
    const job = await api.get<JobWire>(`/jobs/${accepted.job_id}`)
    const told = (...types: string[]) =>
      stream.events().flatMap(({ type, data }) => (types.includes(type) ? [data] : []))
    expect(stream.types().at(-1)).toBe('completed')
    expect(told('completed')).toEqual([job])
    expect(told('output')).toHaveLength(2)
    expect(told('output')).toEqual(expect.arrayContaining([...job.outputs]))
    for (const rendition of job.renditions) {
      expect(
        told('rendition')
          .filter(({ name }) => name === rendition.name)
          .at(-1),
      ).toEqual(rendition)
    }
    const progress = told('progress', 'completed').map((data) => Number(data['progress']))
    expect(progress.length).toBeGreaterThan(1)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    const again = await openEvents(api.url(`/jobs/${job.job_id}/events`).href, {
      'Last-Event-ID': stream.events().at(-1)?.id ?? '',
    })
    expect(again.response.statusCode).toBe(204)
  })

  test('POST twice with one Idempotency-Key makes one job, and another body is refused', async () => {
    const body = { video_id: videoId, start_time: 0, end_time: 1 }
    const headers = { 'idempotency-key': 'once' }
    const responses = await Promise.all(Array.from({ length: 8 }, () => api.post('/trim', body, headers)))
    const jobs = (await Promise.all(responses.map((response) => response.json()))) as JobWire[]
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202]))
    expect(new Set(jobs.map(({ job_id: id }) => id)).size).toBe(1)
    const other = await api.post('/trim', { ...body, end_time: 1.5 }, headers)
    expect(other.status).toBe(422)
    expect((await api.problem(other)).code).toBe('idempotency-key-reused')
  })

  test('assets are placed by the operator, listed, downloaded and deleted', async () => {
    const folder = join(platform.dataDir, 'media/assets')
    await mkdir(folder, { recursive: true })
    await copyFile(join(platform.dataDir, 'logo.png'), join(folder, 'placed.png'))
    const { assets } = await api.get<{ assets: { name: string; kind: string }[] }>('/assets')
    expect(assets).toContainEqual(expect.objectContaining({ name: 'placed.png', kind: 'image' }))
    await finish('/watermark', { watermark_path: 'placed.png' })
    expect((await fetch(api.url('/assets/placed.png'), { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(api.url('/assets/placed.png'))).status).toBe(404)
  })

  test('DELETE /videos/{id} refuses while a job uses it, then removes the video with its files', async () => {
    const doomed = await api.uploadVideo(
      await makeClip(join(platform.dataDir, 'doomed.mp4'), { width: 640, height: 360, seconds: 20 }),
    )
    const job = await api.submit('/quality', { video_id: doomed, qualities: ['1080p'] })
    const remove = () => fetch(api.url(`/videos/${doomed}`), { method: 'DELETE' })
    const refused = await remove()
    expect([refused.status, (await api.problem(refused)).code]).toEqual([409, 'video-in-use'])
    await api.post(`/jobs/${job.job_id}/cancel`, undefined)
    await api.followToEnd(job.job_id)
    const { filename } = await api.get<{ filename: string }>(`/videos/${doomed}`)
    expect((await page(`/uploads/${filename}`)).status).toBe(200)
    expect((await remove()).status).toBe(204)
    expect((await fetch(api.url(`/videos/${doomed}`))).status).toBe(404)
    expect((await page(`/uploads/${filename}`)).status).toBe(404)
  })

  test('/, /health, /docs, /redoc and /openapi.json answer', async () => {
    expect(await (await page('/', { accept: 'application/json' })).json()).toMatchObject({ name: 'Cutroom' })
    expect(await (await page('/', { accept: 'text/html' })).text()).toContain('<!doctype html>')
    expect(await (await page('/health')).json()).toMatchObject({ status: 'ok' })
    expect((await page('/docs')).status).toBe(200)
    expect((await page('/redoc')).status).toBe(200)
    const spec = (await (await page('/openapi.json')).json()) as { openapi: string; paths: object }
    expect(spec.openapi).toMatch(/^3\.1/)
    expect(Object.keys(spec.paths)).toEqual(
      expect.arrayContaining(['/api/v1/upload', '/api/v1/jobs/{id}/cancel']),
    )
  })

  test('a method that a route lacks is 405 with Allow, and an unknown path is 404', async () => {
    const response = await fetch(api.url('/trim'), { method: 'PUT' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    expect(await api.problem(await fetch(api.url('/nowhere')))).toMatchObject({ code: 'route-not-found' })
  })
})
