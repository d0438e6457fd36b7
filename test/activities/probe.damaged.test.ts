import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRenderPass } from '../../activities/passes/run-pass.js'
import { createPlan } from '../../activities/plan.js'
import { createProbe } from '../../activities/probe.js'
import type { JobId } from '../../src/jobs/model.js'
import type { NewJob, NewVideo } from '../../src/jobs/ports/repositories.js'
import { probeFile } from '../../src/media/probe/probe.js'
import { first, noise } from '../corpus/bytes.js'
import { useDatabase } from '../db/fixtures.js'
import { createWorld, type World } from '../jobs/world.js'
import { AAC, beeps, FFMPEG, ffmpeg, FFPROBE, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { newJob, newVideo } from '../support/records.js'
import { activityDeps, attempt } from './world.js'

const database = useDatabase()
let dir = ''
let world: World
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-damaged-'))
  world = createWorld(dir, database.repositories())
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** A damaged file as an upload leaves it, with the upload's job. */
async function upload(change: (bytes: Buffer) => Buffer): Promise<{ video: NewVideo; job: NewJob }> {
  const file = join(dir, `${uuidv7()}.mp4`)
  const source = numberedVideo({ rate: '25', seconds: 2, width: 160, height: 90 })
  const intra = [...H264, '-g', '1', '-x264-params', 'qp=20', ...AAC, '-movflags', '+faststart']
  await ffmpeg(...lavfi(source), ...lavfi(beeps(2)), ...intra, file)
  await writeFile(file, change(await readFile(file)))
  const video = newVideo({ facts: await probeFile(FFPROBE, file) })
  await world.deps.storage.putFile(video.filePath, file, 'replace')
  const job = newJob(video.id, { type: 'upload', edit: null })
  await world.deps.repositories.jobs.createUpload(video, job, null)
  return { video, job }
}

const warningsOf = async (id: JobId) => (await world.deps.repositories.jobs.getById(id))?.warnings

test('an upload that breaks off causes a warning, and its facts describe what is there', async () => {
  const { video, job } = await upload(first(0.7))
  await attempt().run(createProbe(activityDeps(world, FFMPEG)), { jobId: job.id })
  const message = expect.stringMatching(/^The picture ends early, after 1\.\d\d s of 2\.00 s\./) as string
  expect(await warningsOf(job.id)).toEqual([{ code: 'source-damaged', message }])
  const stored = await world.deps.repositories.videos.getById(video.id)
  expect(stored?.facts.durationSec).toBeLessThan(1.6)
  expect(stored?.facts.video?.damage).toMatchObject({ kind: 'breaks-off', statedSec: 2 })
})

test('an upload of which less than half is there fails', async () => {
  const { job } = await upload(first(0.4))
  const probing = attempt().run(createProbe(activityDeps(world, FFMPEG)), { jobId: job.id })
  await expect(probing).rejects.toMatchObject({ code: 'source-damaged' })
})

test('an edit of a file with noise in it warns once, however many renditions there are', async () => {
  const { video } = await upload(noise(0.5, 0.6))
  const { jobs } = world.deps.repositories
  const edit = newJob(video.id, {
    edit: { operations: [], output: { renditions: [{ name: 'a' }, { name: 'b', width: 80 }] } },
  })
  await jobs.create(edit, null)
  const deps = activityDeps(world, FFMPEG)
  await attempt().run(createProbe(deps), { jobId: edit.id })
  await attempt().run(createPlan(deps), { jobId: edit.id })
  const passes = await world.deps.repositories.passes.list(edit.id)
  expect(passes).toHaveLength(2)
  expect(await warningsOf(edit.id)).toEqual([])
  for (const { name } of passes) {
    await attempt().run(createRenderPass(deps), { jobId: edit.id, passName: name })
  }
  const warnings = (await warningsOf(edit.id)) ?? []
  expect(warnings.map(({ code }) => code)).toEqual(['source-damaged', 'source-damaged'])
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The video is damaged: \d of 50 frames could not be decoded without errors\.$/),
    expect.stringMatching(/^The video is damaged: \d+ of \d+ packets of sound/),
  ])
  const outputs = await world.deps.repositories.outputs.list(edit.id)
  expect(outputs.map(({ duration }) => duration)).toEqual([2, 2])
})
