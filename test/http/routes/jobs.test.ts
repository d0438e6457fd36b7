import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jobResultSchema, jobSchema } from '../../../src/http/present/job.js'
import type { OutputId } from '../../../src/jobs/model.js'
import { makeOutput, makePass } from '../../support/records.js'
import { UNKNOWN_JOB } from '../stand-in-use-cases.js'
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
const OUTPUT_ID = uuidv7() as OutputId

function addRichJob() {
  const { job } = server.useCases.addJob({
    config: { operations: [] },
    metadata: { ref: 'A-17' },
    warnings: [{ code: 'no-audio', message: 'The source has no sound' }],
    startedAt: new Date('2026-01-02T03:04:06.000Z'),
  })
  server.useCases.addJob(job, {
    passes: [
      makePass(job, '720p', { progress: 0.999 }),
      makePass(job, '480p', { status: 'completed', progress: 1 }),
      makePass(job, 'poster', { kind: 'thumbnails' }),
    ],
    outputs: [makeOutput(job, '480p', { id: OUTPUT_ID })],
    etaSeconds: 12.5432,
    speed: 1.8049,
    temporalUiUrl: 'http://127.0.0.1:8233/x',
  })
  return job
}

describe('a job', () => {
  test('has every field of the contract', async () => {
    const job = addRichJob()
    const body = await readJson(await get(`/jobs/${job.id}`))
    expect(jobSchema.validate(body, { convert: false }).error).toBeUndefined()
    expect(body).toEqual({
      job_id: job.id,
      video_id: job.videoId,
      type: 'edit',
      status: 'processing',
      progress: 42,
      stage: 'rendering',
      eta_seconds: 12.5,
      speed: 1.8,
      priority: 3,
      created_at: '2026-01-02T03:04:05.006Z',
      started_at: '2026-01-02T03:04:06.000Z',
      finished_at: null,
      expired_at: null,
      error_code: null,
      error_message: null,
      warnings: [{ code: 'no-audio', message: 'The source has no sound' }],
      config: { operations: [] },
      metadata: { ref: 'A-17' },
      renditions: [
        { name: '720p', status: 'processing', progress: 99, attempt: 1, error_code: null },
        { name: '480p', status: 'completed', progress: 100, attempt: 1, error_code: null },
      ],
      outputs: [
        {
          processed_video_id: OUTPUT_ID,
          name: '480p',
          processing_type: 'edit',
          quality: '480p',
          container: 'mp4',
          video_codec: 'h264',
          audio_codec: null,
          width: 1280,
          height: 720,
          frame_rate: 29.97,
          duration: 5,
          file_size: 123_456,
          bit_rate: 900_000,
          sha256: 'b'.repeat(64),
          download_url: `/api/v1/jobs/download/${job.id}?quality=480p`,
          file_url: `/processed/${job.id}/480p.mp4`,
          created_at: '2026-01-02T03:05:00.000Z',
        },
      ],
      workflow_id: `edit-${job.id}`,
      temporal_ui_url: 'http://127.0.0.1:8233/x',
    })
  })

  test('is the same under its old route, for HEAD, and for an id in capitals', async () => {
    const job = addRichJob()
    const body = await (await get(`/jobs/${job.id}`)).text()
    expect(await (await get(`/jobs/status/${job.id}`)).text()).toBe(body)
    expect(await (await get(`/jobs/${job.id.toUpperCase()}`)).text()).toBe(body)
    const head = await fetch(`${server.url}/api/v1/jobs/${job.id}`, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(body)))
  })

  test('that has not changed is 304 for a client that has it', async () => {
    const job = addRichJob()
    const path = `${server.url}/api/v1/jobs/${job.id}`
    const etag = (await fetch(path)).headers.get('etag') ?? ''
    expect((await fetch(path, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  test('that is unknown is 404, as is an id that cannot be one', async () => {
    for (const route of ['', '/status', '/result', '/download']) {
      await expectProblem(await get(`/jobs${route}/${UNKNOWN_JOB}`), 404, 'job-not-found')
      const { errors } = await expectProblem(await get(`/jobs${route}/123`), 404, 'job-not-found')
      expect(errors?.[0]?.pointer).toBe('/path/id')
    }
  })
})

describe('the result of a job', () => {
  test('has the status before the end, and the outputs that are finished', async () => {
    for (const status of ['pending', 'processing'] as const) {
      const { job } = server.useCases.addJob({ status })
      server.useCases.addJob(job, { outputs: [makeOutput(job, '1080p')] })
      const body = await readJson(await get(`/jobs/result/${job.id}`))
      expect(jobResultSchema.validate(body, { convert: false }).error).toBeUndefined()
      expect(body).toMatchObject({ job_id: job.id, status, result_file_path: null, processed_video_id: null })
      expect(body).toMatchObject({ error_message: null, outputs: [{ name: '1080p' }] })
      await expectProblem(await get(`/jobs/download/${job.id}`), 400, 'job-not-completed')
    }
  })

  test('has the first output as its file, and lists all outputs', async () => {
    const { job } = server.useCases.addJob({ status: 'completed', progress: 100 })
    server.useCases.addJob(job, { outputs: [makeOutput(job, '1080p'), makeOutput(job, '720p')] })
    const body = await readJson(await get(`/jobs/result/${job.id}`))
    expect(jobResultSchema.validate(body, { convert: false }).error).toBeUndefined()
    expect(body).toMatchObject({
      job_id: job.id,
      status: 'completed',
      result_file_path: `/processed/${job.id}/1080p.mp4`,
      error_message: null,
    })
    expect(body['outputs']).toHaveLength(2)
  })

  test('tells why a job failed', async () => {
    const errorMessage = 'ffmpeg ended abnormally'
    const { job } = server.useCases.addJob({ status: 'failed', errorCode: 'ffmpeg-crashed', errorMessage })
    const response = await get(`/jobs/result/${job.id}`)
    expect(response.status).toBe(200)
    expect(await readJson(response)).toEqual({
      job_id: job.id,
      status: 'failed',
      result_file_path: null,
      processed_video_id: null,
      error_code: 'ffmpeg-crashed',
      error_message: errorMessage,
      outputs: [],
    })
    await expectProblem(await get(`/jobs/download/${job.id}`), 400, 'job-not-completed')
  })

  test('has the video as the file of an upload', async () => {
    const video = server.useCases.addVideo()
    const { job } = server.useCases.addJob({ type: 'upload', status: 'completed', videoId: video.id })
    expect(await readJson(await get(`/jobs/result/${job.id}`))).toMatchObject({
      result_file_path: `/uploads/${video.filename}`,
      processed_video_id: null,
    })
  })
})

describe('cancelling a job', () => {
  const cancel = (id: string) => fetch(`${server.url}/api/v1/jobs/${id}/cancel`, { method: 'POST' })

  test('is answered with 202 the first time and with 200 again', async () => {
    const { job } = server.useCases.addJob({})
    const first = await cancel(job.id)
    expect(first.status).toBe(202)
    expect(first.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`)
    const again = await cancel(job.id)
    expect(again.status).toBe(200)
    expect(await readJson(again)).toMatchObject({ status: 'cancelled' })
  })

  test('is 409 for a job that has ended, and 404 for an unknown one', async () => {
    const { job } = server.useCases.addJob({ status: 'completed' })
    await expectProblem(await cancel(job.id), 409, 'job-finished')
    await expectProblem(await cancel(UNKNOWN_JOB), 404, 'job-not-found')
    await expectProblem(await cancel('x'), 404, 'job-not-found')
  })
})

describe('retrying and deleting', () => {
  test('a failed job can be retried', async () => {
    const { job } = server.useCases.addJob({ status: 'failed' })
    const response = await fetch(`${server.url}/api/v1/jobs/${job.id}/retry`, { method: 'POST' })
    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`)
    expect(await readJson(response)).toMatchObject({ job_id: job.id, status: 'pending' })
  })

  test('a running job can be neither retried nor deleted', async () => {
    const { job } = server.useCases.addJob({ status: 'processing' })
    const retry = await fetch(`${server.url}/api/v1/jobs/${job.id}/retry`, { method: 'POST' })
    await expectProblem(retry, 409, 'job-not-retryable')
    const remove = await fetch(`${server.url}/api/v1/jobs/${job.id}`, { method: 'DELETE' })
    await expectProblem(remove, 409, 'job-not-deletable')
  })

  test('a deleted job is 404', async () => {
    const { job } = server.useCases.addJob({ status: 'completed' })
    const remove = () => fetch(`${server.url}/api/v1/jobs/${job.id}`, { method: 'DELETE' })
    const response = await remove()
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
    await expectProblem(await remove(), 404, 'job-not-found')
  })
})
