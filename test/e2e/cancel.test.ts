import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'
import { ffmpegBelow, filesBelow } from './support/processes.js'

describe('cancelling a transcode', () => {
  let platform: Platform
  let api: ApiClient
  let videoId: string

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const clip = join(platform.dataDir, 'long.mp4')
    videoId = await api.uploadVideo(await makeClip(clip, { width: 1280, height: 720, seconds: 120 }))
  })
  afterAll(() => platform.destroy())

  /** Starts a job and waits until its encodes run. */
  async function startLongJob(): Promise<JobWire> {
    const job = await api.submit('/quality', { video_id: videoId, qualities: ['1080p', '720p', '480p'] })
    return api.follow(job.job_id, ({ progress, renditions }) => progress > 0 && renditions.length === 3)
  }

  test('ends within a second, with no ffmpeg and no partial file left, and as Canceled in Temporal', async () => {
    const { job_id: id, workflow_id: workflowId } = await startLongJob()
    expect(await ffmpegBelow(platform.dataDir)).not.toHaveLength(0)
    const askedAt = performance.now()
    const response = await api.post(`/jobs/${id}/cancel`, undefined)
    expect(response.status).toBe(202)
    const cancelled = await api.followToEnd(id)
    const tookMs = performance.now() - askedAt
    expect(await ffmpegBelow(platform.dataDir)).toEqual([])
    expect(cancelled).toMatchObject({ status: 'cancelled', error_code: null, outputs: [] })
    expect(cancelled.renditions.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(tookMs).toBeLessThan(1000)
    expect(await filesBelow(join(platform.dataDir, 'media/work'))).toEqual([])
    expect(await filesBelow(join(platform.dataDir, 'media/processed', id))).toEqual([])
    expect(await workflowStatus(workflowId)).toBe('CANCELLED')
  })

  test('is answered with 200 for a job that is cancelled already and with 409 for one that has completed', async () => {
    const { job_id: id } = await startLongJob()
    await api.post(`/jobs/${id}/cancel`, undefined)
    await api.followToEnd(id)
    const again = await api.post(`/jobs/${id}/cancel`, undefined)
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ job_id: id, status: 'cancelled' })

    const short = await api.submit('/trim', { video_id: videoId, start_time: 0, end_time: 0.2 })
    await api.followToEnd(short.job_id)
    const late = await api.post(`/jobs/${short.job_id}/cancel`, undefined)
    expect(late.status).toBe(409)
    expect((await api.problem(late)).code).toBe('job-finished')
  })

  test('frees the slots for the next job', async () => {
    const { job_id: id } = await startLongJob()
    const next = await api.submit('/trim', { video_id: videoId, start_time: 1, end_time: 2 })
    await api.post(`/jobs/${id}/cancel`, undefined)
    expect(await api.followToEnd(next.job_id)).toMatchObject({ status: 'completed', progress: 100 })
  })

  async function workflowStatus(workflowId: string): Promise<string> {
    const connection = await Connection.connect({ address: platform.services.temporalAddress })
    try {
      const { status } = await new Client({ connection }).workflow.getHandle(workflowId).describe()
      return status.name
    } finally {
      await connection.close()
    }
  }
})
