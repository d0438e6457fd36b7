import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPlan } from '../../activities/plan.js'
import type { Edit } from '../../src/edit/operation.js'
import type { Job, JobId, Video } from '../../src/jobs/model.js'
import { FFMPEG_PARTS } from '../../src/plan/ffmpeg-parts.js'
import type { Plan } from '../../src/plan/model/plan.js'
import { taskGraph } from '../../src/plan/task-graph.js'
import { useWorld } from '../jobs/world.js'
import { COMPLETE } from '../support/capabilities.js'
import { edited, ladder, mediaFacts, TRIM, videoFacts } from '../support/plan-facts.js'
import { makeOutput, newJob } from '../support/records.js'
import { activityDeps, attempt } from './world.js'

const world = useWorld()
const repositories = () => world().deps.repositories

async function createJob(video: Video, edit: Edit): Promise<Job> {
  const created = newJob(video.id, { edit })
  await repositories().jobs.create(created, null)
  const job = await repositories().jobs.getById(created.id)
  if (!job) throw new Error('the job was not stored')
  return job
}

async function plan(id: JobId, slots = 1): Promise<Plan> {
  const deps = { ...activityDeps(world()), ownSlots: { slots, threadsPerSlot: 1 } }
  await attempt().run(createPlan(deps), { jobId: id })
  const saved = await repositories().jobs.loadPlan(id)
  if (!saved) throw new Error('no plan was saved')
  return saved
}

/** A job whose outputs have been rendered. */
async function renderedJob(video: Video, edit: Edit): Promise<Job> {
  const job = await createJob(video, edit)
  for (const output of (await plan(job.id)).outputs) {
    const file = join(await world().deps.workFolders.create('test'), output.name)
    await writeFile(file, `contents of ${output.name}`)
    await world().deps.storage.putFile(output.key, file, 'if-absent')
    const { fingerprint, key, name } = output
    const record = makeOutput(job, name, { fingerprint, filePath: key })
    await repositories().passes.complete(job.id, output.passName, [record])
  }
  return job
}

const stored = async (key = '') => (await world().deps.storage.stat(key)) !== null

describe('an output that was rendered before', () => {
  test('is put into place again, however the job is spread', async () => {
    const video = await world().addVideo()
    await renderedJob(video, ladder('720p'))
    const again = await createJob(video, ladder('720p', '240p'))
    const { outputs, assemblies } = await plan(again.id, 8)
    expect(await Promise.all(outputs.map(({ key }) => stored(key)))).toEqual([true, false])
    expect(assemblies.map(({ outputNames }) => outputNames).flat()).not.toContain('720p')
  })

  test('is rendered again when anything about it has changed', async () => {
    const video = await world().addVideo()
    await renderedJob(video, ladder('240p'))
    const trimmed = await createJob(video, {
      ...ladder('240p'),
      operations: [{ type: 'trim', mode: 'exact', start_time: 0, end_time: 1 }],
    })
    expect(await stored((await plan(trimmed.id)).outputs[0]?.key)).toBe(false)
    const otherVideo = await world().addVideo({ sha256: 'e'.repeat(64) })
    const ofOther = await createJob(otherVideo, ladder('240p'))
    expect(await stored((await plan(ofOther.id)).outputs[0]?.key)).toBe(false)
  })

  test('is rendered again when it was cut in another way', async () => {
    const groups = {
      ...{ starts: [0, 50, 100, 150, 200], reorderFrames: 2, longestFrames: 50 },
      parameters: { level: 31, takenIds: [0] },
    }
    const video = await world().addVideo({ facts: mediaFacts({ video: videoFacts({ groups }) }) })
    const modes = ['exact', 'keyframe', 'smart'] as const
    const trimmed = (mode: (typeof modes)[number]) => edited({ ...TRIM, mode, start_time: 1, end_time: 9 })
    for (const mode of modes) {
      const job = await createJob(video, trimmed(mode))
      expect(await stored((await plan(job.id)).outputs[0]?.key)).toBe(false)
      await renderedJob(video, trimmed(mode))
    }
    const again = await createJob(video, trimmed('smart'))
    expect(await stored((await plan(again.id)).outputs[0]?.key)).toBe(true)
  })

  test('is rendered again when its file is gone, or when rendering it caused a warning', async () => {
    const video = await world().addVideo()
    const gone = await renderedJob(video, edited())
    await world().deps.storage.remove(`processed/${gone.id}/`)
    const again = await createJob(video, edited())
    expect(await stored((await plan(again.id)).outputs[0]?.key)).toBe(false)

    const warned = await renderedJob(video, ladder('240p'))
    await repositories().jobs.addWarning(warned.id, { code: 'source-damaged', message: 'in places' })
    const third = await createJob(video, ladder('240p'))
    expect(await stored((await plan(third.id)).outputs[0]?.key)).toBe(false)
  })
})

test('a plan that needs what ffmpeg lacks here fails its job', async () => {
  const deps = activityDeps(world())
  const missing = FFMPEG_PARTS.filter(({ name }) => name === 'libx264')
  const health = { ...deps.health, capabilities: () => Promise.resolve({ ...COMPLETE, missing }) }
  const job = await createJob(await world().addVideo(), ladder('240p'))
  await expect(attempt().run(createPlan({ ...deps, health }), { jobId: job.id })).rejects.toMatchObject({
    code: 'ffmpeg-lacks-part',
  })
  expect(await repositories().jobs.loadPlan(job.id)).toBeNull()
})

/** Waits until that many callers have come, then lets them and all later ones pass. */
function createBarrier(count: number): () => Promise<void> {
  let missing = count
  let open = () => {}
  const isOpen = new Promise<void>((resolve) => (open = resolve))
  return () => {
    missing -= 1
    if (missing <= 0) open()
    return isOpen
  }
}

/** Activity dependencies of a worker that sees this many slots; `beforeSaving` is awaited before a plan is saved. */
function depsWith(slots: number, beforeSaving: () => Promise<void>) {
  const deps = activityDeps(world())
  const { jobs } = deps.repositories
  const savePlan: typeof jobs.savePlan = async (...plan) => {
    await beforeSaving()
    return jobs.savePlan(...plan)
  }
  return {
    ...deps,
    ownSlots: { slots, threadsPerSlot: 1 },
    repositories: { ...deps.repositories, jobs: { ...jobs, savePlan } },
  }
}

/** Long enough to be cut into as many chunks as there are slots. */
const LONG = mediaFacts({
  durationSec: 600,
  video: videoFacts({ durationSec: 600, frameCount: 15_000 }),
})

describe('two attempts that overlap', () => {
  test('answer the same tasks, namely those of the stored plan', async () => {
    const video = await world().addVideo({ facts: LONG })
    const { id } = await createJob(video, ladder('720p'))
    const bothHavePlanned = createBarrier(2)
    const answers = await Promise.all(
      [2, 8].map((slots) => attempt().run(createPlan(depsWith(slots, bothHavePlanned)), { jobId: id })),
    )
    const stored = await repositories().jobs.loadPlan(id)
    if (!stored) throw new Error('no plan was saved')
    expect(stored.passes.length).toBeGreaterThan(1)
    for (const answer of answers) expect(answer).toMatchObject({ tasks: taskGraph(stored) })
    const rows = await repositories().passes.list(id)
    expect(rows.map(({ name }) => name).sort()).toEqual(
      taskGraph(stored)
        .map(({ name }) => name)
        .sort(),
    )
  })

  test('leave the job at the stage that it has reached', async () => {
    const video = await world().addVideo()
    const { id } = await createJob(video, ladder('240p'))
    await attempt().run(
      createPlan(
        depsWith(1, async () => {
          await plan(id)
          await repositories().jobs.enterStage(id, 'packaging')
        }),
      ),
      { jobId: id },
    )
    expect(await repositories().jobs.getById(id)).toMatchObject({ stage: 'packaging' })
  })
})
