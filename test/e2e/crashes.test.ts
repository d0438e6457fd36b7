import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import type { JobId, PassRow } from '../../src/jobs/model.js'
import { until } from '../support/until.js'
import { createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform, startWorker } from './support/platform.js'
import { ffmpegBelow, filesBelow } from './support/processes.js'

async function passesOf({ services }: Platform, jobId: string): Promise<PassRow[]> {
  const database = connectDatabase(services.databaseUrl)
  try {
    return await createRepositories(database).passes.list(jobId as JobId)
  } finally {
    await close(database)
  }
}

describe('after the death of', () => {
  let platform: Platform
  afterEach(() => platform.destroy())

  const clip = (dir: string, height: number, seconds: number) =>
    makeClip(join(dir, 'clip.mp4'), { width: (height * 16) / 9, height, seconds })

  test('a worker, another one completes the job and renders no finished part again', async () => {
    platform = await startPlatform({ env: { NO_WORKER: '1' } })
    const api = createApiClient(platform.apiUrl)
    const first = await startWorker(platform)
    const videoId = await api.uploadVideo(await clip(platform.dataDir, 360, 40))
    const job = await api.submit('/quality', { video_id: videoId, qualities: ['480p', '240p'] })
    let finished: PassRow[] = []
    await until(
      'a chunk is finished',
      async () => {
        const passes = await passesOf(platform, job.job_id)
        finished = passes.filter(({ kind, status }) => kind === 'transcode' && status === 'completed')
        return finished.length > 0
      },
      60_000,
    )
    first.kill('SIGKILL')
    await once(first, 'exit')
    await until('ffmpeg has died with its worker', async () => !(await ffmpegBelow(platform.dataDir)).length)

    const second = await startWorker(platform)
    const after = await api.followToEnd(job.job_id)
    expect(after).toMatchObject({ status: 'completed', progress: 100 })
    expect(after.outputs.map(({ name }) => name)).toEqual(['480p', '240p'])
    const passes = await passesOf(platform, job.job_id)
    for (const pass of finished) expect(passes).toContainEqual(pass)
    const again = passes.filter(({ attempt }) => attempt > 1).map(({ name }) => name)
    expect(again).not.toEqual([])
    expect(again).not.toEqual(expect.arrayContaining(finished.map(({ name }) => name)))
    expect(await filesBelow(join(platform.dataDir, 'media/work'))).toEqual([])
    expect(await filesBelow(join(platform.dataDir, 'media/parts'))).toEqual([])
    second.kill('SIGTERM')
    await once(second, 'exit')
    expect(await ffmpegBelow(platform.dataDir)).toEqual([])
  }, 240_000)

  test('the whole platform, jobs go on at the next start', async () => {
    platform = await startPlatform()
    const { dataDir } = platform
    const api = createApiClient(platform.apiUrl)
    const videoId = await api.uploadVideo(await clip(dataDir, 720, 10))
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
