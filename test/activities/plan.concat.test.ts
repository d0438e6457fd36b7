import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRenderPass } from '../../activities/passes/run-pass.js'
import { createPlan } from '../../activities/plan.js'
import { createProbe } from '../../activities/probe.js'
import { createApp } from '../../src/http/app.js'
import { startServer } from '../../src/http/server.js'
import { createUseCases } from '../../src/jobs/create-use-cases.js'
import type { JobId } from '../../src/jobs/model.js'
import type { NewVideo } from '../../src/jobs/ports/repositories.js'
import { probeFile } from '../../src/media/probe/probe.js'
import { useDatabase } from '../db/fixtures.js'
import { expectProblem, NO_KEYS, postJson, readJson } from '../http/support.js'
import { createWorld, type World } from '../jobs/world.js'
import { readNumbers } from '../support/frames.js'
import { httpConfig } from '../support/http-config.js'
import { AAC, beeps, FFMPEG, ffmpeg, FFPROBE, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { newJob, newVideo } from '../support/records.js'
import { checkBody } from '../support/same-process.js'
import { activityDeps, attempt } from './world.js'

const database = useDatabase()
let dir = ''
let world: World
let url = ''
let closeServer = () => Promise.resolve()

/** The real routes, use cases, database and files; only Temporal is a stand-in. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-concat-'))
  world = createWorld(dir, database.repositories())
  const config = httpConfig()
  const app = createApp({
    checkBody,
    useCases: createUseCases(world.deps),
    config,
    access: NO_KEYS,
    log: pino({ level: 'silent' }),
  })
  const server = await startServer(app, config, { graceMs: 200 })
  url = `${server.url}/api/v1`
  closeServer = () => server.close()
})
afterAll(async () => {
  await closeServer()
  await rm(dir, { recursive: true, force: true })
})

/** A video as its upload leaves it, before its packets are counted. */
async function addVideo(rate: string, ...sound: readonly string[]): Promise<NewVideo> {
  const file = join(dir, `${uuidv7()}.mp4`)
  await ffmpeg(...lavfi(numberedVideo({ rate, seconds: 1 })), ...sound, ...H264, ...AAC, file)
  const video = newVideo({ facts: await probeFile(FFPROBE, file) })
  await world.deps.storage.putFile(video.filePath, file, 'replace')
  const upload = newJob(video.id, { type: 'upload', edit: null })
  await world.deps.repositories.jobs.createUpload(video, upload, null)
  await end(upload.id)
  return video
}

const end = (id: JobId) =>
  world.deps.repositories.jobs.finish(id, { status: 'completed', errorCode: null, errorMessage: null })

const edit = (video: NewVideo, videos: readonly object[]) =>
  postJson(`${url}/edits`, { video_id: video.id, operations: [{ type: 'concat', videos }] })

const remove = (video: NewVideo) => fetch(`${url}/videos/${video.id}`, { method: 'DELETE' })

test('a job joins its videos, measures each, and keeps all of them from being deleted until it ends', async () => {
  const main = await addVideo('25', ...lavfi(beeps(1)))
  const other = await addVideo('50')
  const response = await edit(main, [{ video_id: other.id.toUpperCase() }, { video_id: main.id }])
  expect(response.status).toBe(202)
  const jobId = String((await readJson(response))['job_id']) as JobId
  await expectProblem(await remove(other), 409, 'video-in-use')

  const deps = activityDeps(world, FFMPEG)
  await attempt().run(createProbe(deps), { jobId })
  const measured = await world.deps.repositories.videos.getById(other.id)
  expect(measured?.facts.video?.frameCount).toBe(50)
  await attempt().run(createPlan(deps), { jobId })
  const plan = await world.deps.repositories.jobs.loadPlan(jobId)
  for (const { name } of plan?.passes ?? [])
    await attempt().run(createRenderPass(deps), { jobId, passName: name })
  await expectProblem(await remove(other), 409, 'video-in-use')
  await end(jobId)

  const job = await readJson(await fetch(`${url}/jobs/${jobId}`))
  expect(JSON.stringify(job['warnings'])).toContain('silence-added')
  const [output] = await world.deps.repositories.outputs.list(jobId)
  const numbers = await readNumbers(await world.fetch(output?.filePath ?? ''))
  const range = Array.from({ length: 25 }, (_, index) => index)
  expect(numbers).toHaveLength(75)
  expect([...numbers.slice(0, 25), ...numbers.slice(50)]).toEqual([...range, ...range])
  expect((await remove(other)).status).toBe(204)
  expect((await fetch(`${url}/jobs/download/${jobId}`)).status).toBe(200)
})

test('unknown videos are reported, each at its place, and leave no job behind', async () => {
  const main = await addVideo('25')
  const videos = [{ video_id: main.id }, { video_id: uuidv7() }, { video_id: uuidv7() }]
  const problem = await expectProblem(await edit(main, videos), 404, 'video-not-found')
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([
    '/operations/0/videos/1/video_id',
    '/operations/0/videos/2/video_id',
  ])
  expect((await remove(main)).status).toBe(204)
})

test('a stretch past the end of another video is refused at its field', async () => {
  const main = await addVideo('25')
  const videos = [{ video_id: main.id, start_time: 0.5, end_time: 3 }]
  const problem = await expectProblem(await edit(main, videos), 400, 'edit-unrenderable')
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/operations/0/videos/0/end_time'])
})

test('a job fails with the right code when its other video goes before it was measured', async () => {
  const main = await addVideo('25')
  const job = newJob(main.id, {
    edit: {
      operations: [
        {
          ...{ type: 'concat', position: 'after', transition: 'none', transition_duration: 1 },
          ...{ fit: 'pad', color: 'black' },
          videos: [{ video_id: uuidv7(), start_time: 0, end_time: null }],
        },
      ],
      output: null,
    },
  })
  await world.deps.repositories.jobs.create(job, null)
  const probing = attempt().run(createProbe(activityDeps(world, FFMPEG)), { jobId: job.id })
  await expect(probing).rejects.toMatchObject({ code: 'video-not-found' })
})
