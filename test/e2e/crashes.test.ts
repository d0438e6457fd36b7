import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { startPlatform, startWorker, type Platform } from './support/platform.js'
import { ffmpegBelow, filesBelow } from './support/processes.js'
import { until } from '../support/until.js'

describe('a process that dies', () => {
  let platform: Platform
  afterEach(() => platform.destroy())

  const clip = (dir: string, seconds: number) =>
    makeClip(join(dir, 'clip.mp4'), { width: 1280, height: 720, seconds })

  test('worker: another one completes the job and renders no finished quality again', async () => {
    platform = await startPlatform({ env: { NO_WORKER: '1' } })
    const api = createApiClient(platform.apiUrl)
    const first = await startWorker(platform)
    const videoId = await api.uploadVideo(await clip(platform.dataDir, 12))
    const job = await api.submit('/quality', { video_id: videoId, qualities: ['1080p', '240p'] })
    const before = await api.follow(
      job.job_id,
      ({ outputs, renditions }) =>
        outputs.length === 1 && renditions.some(({ name, progress }) => name === '1080p' && progress > 0),
    )
    const finished = join(platform.dataDir, 'media/processed', job.job_id, '240p.mp4')
    const finishedAt = (await stat(finished)).mtimeMs
    first.kill('SIGKILL')
    await once(first, 'exit')
    await until('ffmpeg has died with its worker', async () => !(await ffmpegBelow(platform.dataDir)).length)

    const second = await startWorker(platform)
    const after = await api.followToEnd(job.job_id)
    expect(after).toMatchObject({ status: 'completed', progress: 100 })
    expect(after.outputs.map(({ name }) => name)).toEqual(['1080p', '240p'])
    const attempts = Object.fromEntries(after.renditions.map(({ name, attempt }) => [name, attempt]))
    expect(attempts['240p']).toBe(1)
    expect(attempts['1080p']).toBeGreaterThan(1)
    expect(after.outputs.at(1)).toEqual(before.outputs.at(0))
    expect((await stat(finished)).mtimeMs).toBe(finishedAt)
    expect(await filesBelow(join(platform.dataDir, 'media/work'))).toEqual([])
    second.kill('SIGTERM')
    await once(second, 'exit')
    expect(await ffmpegBelow(platform.dataDir)).toEqual([])
  })

  test('the whole platform: jobs go on at the next start', async () => {
    platform = await startPlatform()
    const { dataDir } = platform
    const api = createApiClient(platform.apiUrl)
    const videoId = await api.uploadVideo(await clip(dataDir, 10))
    const job = await api.submit('/quality', { video_id: videoId, qualities: ['720p'] })
    const before = await api.follow(job.job_id, ({ progress }) => progress > 0)
    await platform.stop()
    expect(await ffmpegBelow(dataDir)).toEqual([])

    platform = await startPlatform({ dataDir })
    const seen: number[] = []
    const after = await createApiClient(platform.apiUrl).followToEnd(job.job_id, (state) => {
      seen.push(state.progress)
    })
    expect(after).toMatchObject({ status: 'completed', progress: 100 })
    expect(seen[0]).toBeGreaterThanOrEqual(before.progress)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })
})
