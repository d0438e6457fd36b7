import { readFile, rm } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createPoster } from '../../activities/poster.js'
import { useWorld } from '../jobs/world.js'
import { activityDeps, attempt, fakeFfmpeg, startRendering } from './world.js'

const world = useWorld()

test('a video that yields no poster is ready without one', async () => {
  const { job } = await startRendering(world())
  // This one succeeds and writes nothing, as ffmpeg does after the last frame.
  const deps = activityDeps(world(), await fakeFfmpeg('exit 0'))
  await attempt().run(createPoster(deps), { jobId: job.id })
  expect(await deps.repositories.videos.getById(job.videoId)).toMatchObject({
    status: 'ready',
    posterPath: null,
  })
})

test('a poster that fails by chance is tried again', async () => {
  const { job } = await startRendering(world())
  const deps = activityDeps(world(), await fakeFfmpeg('kill -9 $$'))
  const run = attempt().run(createPoster(deps), { jobId: job.id })
  await expect(run).rejects.toMatchObject({ code: 'ffmpeg-crashed' })
})

test('an upload waits for its poster, which therefore does not yield as encodes do', async () => {
  const { job } = await startRendering(world())
  const told = join(tmpdir(), `${job.id}.niceness`)
  onTestFinished(() => rm(told, { force: true }))
  const deps = activityDeps(world(), await fakeFfmpeg(`nice > ${told}`))
  await attempt().run(createPoster(deps), { jobId: job.id })
  expect(Number(await readFile(told, 'utf8'))).toBe(getPriority())
})
