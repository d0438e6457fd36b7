import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CancelledFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_FAILURES } from '../../../activities/failure.js'
import { createRenderPass } from '../../../activities/passes/run-pass.js'
import { AppError } from '../../../src/errors.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { Store } from '../../../src/jobs/ports/repositories.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { createLocalStorage } from '../../../src/storage/local-storage.js'
import { useWorld } from '../../jobs/world.js'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { makeOutput } from '../../support/records.js'
import { WITHOUT_HARD_LINKS } from '../../support/stores/without-links.js'
import { activityDeps, attempt, fakeFfmpeg, PASS, startRendering } from '../world.js'

const world = useWorld()

const CRASH = 'exit 1'
/** Makes the clip the output. */
const copyClip = () => `for last; do :; done; cp '${clip}' "\${last#file:}"`
let dir = ''
let clip = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-render-'))
  clip = join(dir, 'clip.mp4')
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 1 })), ...lavfi(beeps(1))]
  await ffmpeg(...inputs, ...H264, ...AAC, clip)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const passOf = async (id: JobId) => (await world().deps.repositories.passes.list(id))[0]
const outputsOf = (id: JobId) => world().deps.repositories.outputs.list(id)
/** The files that attempts have left in their work folders. */
const leftovers = async () => (await world().files()).filter((file) => file.startsWith('work/'))

/** The same plan, but with the properties of the clip as the expected result. */
function planOfClip(plan: Plan): Plan {
  const picture = { width: 320, height: 180, frameRate: { num: 25, den: 1 }, frameCount: 25 }
  const passes = plan.passes.map((pass) => {
    const expected = { picture, durationSec: 1, hasAudio: true }
    return { ...pass, encodes: [{ ...pass.encodes[0], expected }] as const }
  })
  return { ...plan, passes }
}

test('a pass beyond those that its owner may have at once waits in the queue, with nothing counted', async () => {
  const [{ job: first }, { job: second }] = [await startRendering(world()), await startRendering(world())]
  const deps = activityDeps(world(), await fakeFfmpeg(CRASH))
  const limited = { ...deps, quotas: { ...deps.quotas, runningPasses: 1 } }
  const ofSecond = () => attempt().run(createRenderPass(limited), { jobId: second.id, passName: PASS })
  await deps.repositories.passes.begin(first.id, PASS, { number: 1, worker: 'worker-2' })
  await expect(ofSecond()).rejects.toMatchObject({ type: 'not-its-turn', nonRetryable: false })
  expect(await passOf(second.id)).toMatchObject({ status: 'pending', attempt: 0 })
  await deps.repositories.jobs.finish(first.id, { status: 'cancelled', errorCode: null, errorMessage: null })
  await expect(ofSecond()).rejects.toMatchObject({ type: 'ffmpeg-crashed' })
})

describe('a pass', () => {
  test('whose file is in place is recorded, and not rendered again', async () => {
    const { job, plan } = await startRendering(world())
    const key = plan.outputs[0]?.key ?? ''
    const copy = join(dir, 'copy.mp4')
    await ffmpeg('-i', clip, '-c', 'copy', copy)
    await world().deps.storage.putFile(key, copy, 'replace')
    const renderPass = createRenderPass(activityDeps(world()))
    await attempt(2).run(renderPass, { jobId: job.id, passName: PASS })

    expect(await passOf(job.id)).toMatchObject({ status: 'completed', progress: 1, attempt: 2 })
    expect(await outputsOf(job.id)).toMatchObject([
      { name: '240p', filePath: key, width: 320, height: 180, frameRate: 25, audioCodec: 'aac' },
    ])
  })

  test('that is cancelled once its file is in place is recorded, so that no file is left without a row', async () => {
    const { job, plan } = await startRendering(world())
    const deps = activityDeps(world(), await fakeFfmpeg(copyClip()))
    const environment = attempt()
    const storage: Store = {
      ...deps.storage,
      putFile: async (...args) => {
        const outcome = await deps.storage.putFile(...args)
        environment.cancel()
        return outcome
      },
    }
    const jobs = { ...deps.repositories.jobs, loadPlan: () => Promise.resolve(planOfClip(plan)) }
    const repositories = { ...deps.repositories, jobs }
    const renderPass = createRenderPass({ ...deps, storage, repositories })
    await environment.run(renderPass, { jobId: job.id, passName: PASS })
    expect(await outputsOf(job.id)).toMatchObject([{ name: '240p', filePath: plan.outputs[0]?.key }])
  })

  test('that is completed is left alone', async () => {
    const { job } = await startRendering(world())
    const output = makeOutput(job, '240p')
    const { path } = await world().receive('a film')
    await world().deps.storage.putFile(output.filePath, path, 'replace')
    await world().deps.repositories.passes.complete(job.id, PASS, [output])
    const before = await passOf(job.id)
    const renderPass = createRenderPass(activityDeps(world()))
    await attempt(3).run(renderPass, { jobId: job.id, passName: PASS })
    expect(await passOf(job.id)).toEqual(before)
  })

  test('that is completed and whose file is gone is rendered again', async () => {
    const { job } = await startRendering(world())
    await world().deps.repositories.passes.complete(job.id, PASS, [makeOutput(job, '240p')])
    const deps = activityDeps(world(), await fakeFfmpeg(CRASH))
    const run = attempt(3).run(createRenderPass(deps), { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ type: 'ffmpeg-crashed' })
  })

  test('that fails by itself is tried a few times, with waits in between, and leaves nothing', async () => {
    const { job } = await startRendering(world())
    const renderPass = createRenderPass(activityDeps(world(), await fakeFfmpeg(CRASH)))
    for (let failures = 1; failures <= MAX_FAILURES; failures += 1) {
      const run = attempt(failures).run(renderPass, { jobId: job.id, passName: PASS })
      await expect(run).rejects.toMatchObject({
        type: 'ffmpeg-crashed',
        nonRetryable: failures === MAX_FAILURES,
      })
      expect(await passOf(job.id)).toMatchObject({ status: 'pending', errorCode: 'ffmpeg-crashed' })
    }
    expect(await leftovers()).toEqual([])
  })

  test('whose workers died before keeps all its attempts', async () => {
    const { job } = await startRendering(world())
    const renderPass = createRenderPass(activityDeps(world(), await fakeFfmpeg(CRASH)))
    const run = attempt(20).run(renderPass, { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ type: 'ffmpeg-crashed', nonRetryable: false })
  })

  test('whose storage has no hard links fails once, and says what is missing', async () => {
    const { job, plan } = await startRendering(world())
    const deps = activityDeps(world(), await fakeFfmpeg(copyClip()))
    const { storage } = createLocalStorage({ root: world().mediaDir, calls: WITHOUT_HARD_LINKS })
    const jobs = { ...deps.repositories.jobs, loadPlan: () => Promise.resolve(planOfClip(plan)) }
    const renderPass = createRenderPass({ ...deps, storage, repositories: { ...deps.repositories, jobs } })
    const run = attempt().run(renderPass, { jobId: job.id, passName: PASS })
    const message = expect.stringContaining('needs hard links') as string
    await expect(run).rejects.toMatchObject({ type: 'storage-unsuitable', nonRetryable: true, message })
    expect(await leftovers()).toEqual([])
  })

  test('that would not fit does not begin, and waits for room', async () => {
    const { job } = await startRendering(world())
    const deps = { ...activityDeps(world()), minFreeDiskBytes: Number.MAX_SAFE_INTEGER }
    const run = attempt(MAX_FAILURES + 1).run(createRenderPass(deps), { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ type: 'disk-full', nonRetryable: false })
    expect(await passOf(job.id)).toMatchObject({ errorCode: 'disk-full', status: 'pending' })
  })

  test('is tried again while PostgreSQL is unavailable', async () => {
    const { job } = await startRendering(world())
    const deps = activityDeps(world(), await fakeFfmpeg(CRASH))
    const away = () => Promise.reject(new AppError('db-unavailable', 'away'))
    const passes = { ...deps.repositories.passes, fail: away }
    const renderPass = createRenderPass({ ...deps, repositories: { ...deps.repositories, passes } })
    const run = attempt(9).run(renderPass, { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ code: 'db-unavailable' })
  })

  test('of a job that has ended is not rendered', async () => {
    const { job } = await startRendering(world())
    const end = { status: 'cancelled', errorCode: null, errorMessage: null } as const
    await world().deps.repositories.jobs.finish(job.id, end)
    const renderPass = createRenderPass(activityDeps(world(), await fakeFfmpeg(CRASH)))
    const run = attempt().run(renderPass, { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ code: 'job-finished' })
  })

  test('that no plan has fails as an internal error', async () => {
    const { job } = await startRendering(world())
    const renderPass = createRenderPass(activityDeps(world()))
    const run = attempt().run(renderPass, { jobId: job.id, passName: 'transcode-9p' })
    await expect(run).rejects.toMatchObject({ code: 'internal' })
  })
})

test('a cancelled pass kills ffmpeg, removes its files and counts as no failure', async () => {
  const { job } = await startRendering(world())
  const slow = await fakeFfmpeg('echo started > begun; echo out_time_us=1; echo progress=continue; sleep 60')
  const renderPass = createRenderPass(activityDeps(world(), slow))
  const env = attempt()
  const startedAt = performance.now()
  const beats: unknown[] = []
  env.on('heartbeat', (details) => {
    beats.push(details)
    if (beats.length === 2) env.cancel()
  })
  const run = env.run(renderPass, { jobId: job.id, passName: PASS })
  await expect(run).rejects.toBeInstanceOf(CancelledFailure)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  expect(beats[0]).toMatchObject({ frames: 0, speed: null })
  expect(await leftovers()).toEqual([])
  expect(await passOf(job.id)).toMatchObject({ status: 'processing', errorCode: null })
})
