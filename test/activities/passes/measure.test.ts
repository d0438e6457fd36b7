import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRenderPass } from '../../../activities/passes/run-pass.js'
import { createPlan } from '../../../activities/plan.js'
import type { JobId } from '../../../src/jobs/model.js'
import { measureSource } from '../../../src/media/packets/measure-source.js'
import { probeFile } from '../../../src/media/probe/probe.js'
import { useDatabase } from '../../db/fixtures.js'
import { createWorld, type World } from '../../jobs/world.js'
import { AAC, FFMPEG, ffmpeg, FFPROBE, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { meterFile } from '../../support/loudness.js'
import { newJob, newVideo } from '../../support/records.js'
import { activityDeps, attempt, fakeFfmpeg } from '../world.js'

const database = useDatabase()
let dir = ''
let world: World

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-loudness-'))
  world = createWorld(dir, database.repositories())
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** A job that sets the loudness of a second of sound, planned. */
async function planJob(sound: string): Promise<JobId> {
  const { storage, repositories } = world.deps
  const clip = join(dir, 'clip.mp4')
  const picture = lavfi(numberedVideo({ rate: '25', seconds: 1, width: 64, height: 40 }))
  await ffmpeg(...picture, ...lavfi(sound), ...H264, ...AAC, clip)
  const tools = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE }
  const probed = await probeFile(FFPROBE, clip)
  const facts = await measureSource(tools, clip, probed, AbortSignal.timeout(20_000))
  const video = newVideo({ facts })
  await storage.putFile(video.filePath, clip, 'replace')
  await repositories.jobs.createUpload(video, newJob(video.id, { type: 'upload', edit: null }), null)
  const operations = [{ type: 'loudness', target_lufs: -20, true_peak_db: -1 } as const]
  const job = newJob(video.id, { edit: { operations, output: null } })
  await repositories.jobs.create(job, null)
  await attempt().run(createPlan(activityDeps(world, FFMPEG)), { jobId: job.id })
  return job.id
}

const runPass = (jobId: JobId, passName: string, ffmpegPath = FFMPEG) =>
  attempt().run(createRenderPass(activityDeps(world, ffmpegPath)), { jobId, passName })

test('what was measured is kept, not measured again, and used by the pass that renders', async () => {
  const { jobs, passes, outputs } = world.deps.repositories
  const jobId = await planJob('sine=f=997:d=1:r=48000')
  expect((await passes.list(jobId)).map(({ name, kind }) => [name, kind])).toEqual([
    ['loudness-0', 'measureLoudness'],
    ['transcode-edited', 'transcode'],
  ])
  // Nothing is rendered before everything is measured.
  await expect(runPass(jobId, 'transcode-edited')).rejects.toMatchObject({ type: 'internal' })
  await runPass(jobId, 'loudness-0')
  const measured = await passes.listMeasured(jobId)
  // ffmpeg's sine has an eighth of the full level.
  expect(measured.get('loudness-0')?.before.lufs).toBeCloseTo(20 * Math.log10(1 / 8), 1)
  expect((await jobs.getById(jobId))?.progress).toBeGreaterThan(0)

  // When a job fails later and is retried, it is planned again, but not measured again.
  await jobs.finish(jobId, { status: 'failed', errorCode: null, errorMessage: null })
  const { workflowId = '' } = (await jobs.getById(jobId)) ?? {}
  await jobs.restart(jobId, workflowId, `${workflowId}.2`)
  await attempt().run(createPlan(activityDeps(world, FFMPEG)), { jobId })
  await runPass(jobId, 'loudness-0', await fakeFfmpeg('exit 1'))
  expect(await passes.listMeasured(jobId)).toEqual(measured)

  await runPass(jobId, 'transcode-edited')
  const [output] = await outputs.list(jobId)
  const found = await meterFile(await world.fetch(output?.filePath ?? ''))
  expect(Math.abs(found.lufs + 20)).toBeLessThan(0.5)
  expect((await jobs.getById(jobId))?.warnings).toEqual([])
  expect((await world.files()).filter((file) => file.startsWith('work/'))).toEqual([])
}, 60_000)

test('silence is rendered unchanged, with a warning that stays when the job is planned again', async () => {
  const { jobs, passes } = world.deps.repositories
  const jobId = await planJob('anullsrc=r=48000:cl=stereo:d=1')
  await runPass(jobId, 'loudness-0')
  expect((await passes.listMeasured(jobId)).get('loudness-0')).toMatchObject({ gainDb: 0, after: null })
  await attempt().run(createPlan(activityDeps(world, FFMPEG)), { jobId })
  await runPass(jobId, 'transcode-edited')
  expect((await jobs.getById(jobId))?.warnings.map(({ code }) => code)).toEqual(['loudness-skipped'])
}, 60_000)
