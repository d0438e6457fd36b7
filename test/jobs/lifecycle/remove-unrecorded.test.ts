import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { isLate, type Retention } from '../../../src/jobs/housekeeping/judge-leftover.js'
import { keepHouse } from '../../../src/jobs/housekeeping/keep-house.js'
import { endJob } from '../../../src/jobs/lifecycle/end-job.js'
import type { FinalStatus, JobId } from '../../../src/jobs/model.js'
import type { NewJob, Storage } from '../../../src/jobs/ports/repositories.js'
import { makeOutput, newJob, newPass, newPlan } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

const RETENTION: Retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
const HOUR_MS = 3_600_000

const keepHouseIn = (hours: number) =>
  keepHouse({ ...world().deps, retention: RETENTION }, new Date(Date.now() + hours * HOUR_MS))

async function store(key: string): Promise<void> {
  const { path } = await world().receive('bytes')
  await world().deps.storage.putFile(key, path, 'replace')
}

const processed = async (id: JobId) =>
  (await world().files()).filter((file) => file.startsWith(`processed/${id}/`)).sort()

/** A job with a film and a ladder that are recorded. */
async function addRendering(): Promise<NewJob> {
  const { jobs, passes } = world().deps.repositories
  const job = newJob((await world().addVideo()).id)
  await jobs.create(job, null)
  await jobs.savePlan(job.id, newPlan([newPass('a', 1)]))
  await jobs.enterStage(job.id, 'rendering')
  const folder = `processed/${job.id}/hls`
  for (const file of ['master.m3u8', 'segment-1.m4s']) await store(`${folder}/${file}`)
  await store(`processed/${job.id}/480p.mp4`)
  const ladder = makeOutput(job, 'hls', { filePath: `${folder}/master.m3u8` })
  await passes.complete(job.id, 'a', [makeOutput(job, '480p'), ladder])
  return job
}

const recorded = ({ id }: NewJob) =>
  ['480p.mp4', 'hls/master.m3u8', 'hls/segment-1.m4s'].map((file) => `processed/${id}/${file}`)

async function addUnrecorded({ id }: NewJob): Promise<void> {
  await store(`processed/${id}/360p.mp4`)
  await store(`processed/${id}/dash/manifest.mpd`)
}

const end = (job: NewJob, status: FinalStatus) =>
  endJob(world().deps, job, { status, errorCode: null, errorMessage: null })

describe('the end of a job', () => {
  test.each<FinalStatus>(['cancelled', 'failed'])('that is %s takes what no row names', async (status) => {
    const job = await addRendering()
    await addUnrecorded(job)
    await end(job, status)
    expect(await processed(job.id)).toEqual(recorded(job))
  })

  test('lets nothing be recorded from the moment on in which it looks', async () => {
    const job = await addRendering()
    await addUnrecorded(job)
    const { deps } = world()
    let recording: Promise<unknown> = Promise.resolve()
    const storage: Storage = {
      ...deps.storage,
      list: (prefix) => {
        const late = makeOutput(job, '360p')
        recording = deps.repositories.passes.complete(job.id, 'a', [late])
        return deps.storage.list(prefix)
      },
    }
    await endJob({ ...deps, storage }, job, { status: 'failed', errorCode: null, errorMessage: null })
    await recording
    expect((await deps.repositories.outputs.list(job.id)).map(({ name }) => name).sort()).toEqual([
      '480p',
      'hls',
    ])
    expect(await processed(job.id)).toEqual(recorded(job))
  })

  test('that does not come, as another workflow has the job, takes nothing', async () => {
    const job = await addRendering()
    await addUnrecorded(job)
    const end = { status: 'failed', errorCode: null, errorMessage: null } as const
    await endJob(world().deps, { ...job, workflowId: 'edit-of-before' }, end)
    expect(await processed(job.id)).toHaveLength(5)
  })

  test('leaves the poster that a video shows', async () => {
    const { videos } = world().deps.repositories
    const job = await addRendering()
    const poster = `processed/${job.id}/poster.jpg`
    await store(poster)
    const video = await videos.getById(job.videoId)
    if (!video) throw new Error('no video')
    await videos.markReady(video.id, video.facts, poster)
    await end(job, 'cancelled')
    expect(await processed(job.id)).toContain(poster)
  })
})

describe('housekeeping', () => {
  test('takes what an attempt put there that outlived its job', async () => {
    const job = await addRendering()
    await end(job, 'cancelled')
    await addUnrecorded(job)
    expect(await keepHouseIn(0.5)).toMatchObject({ orphans: 0 })
    expect(await keepHouseIn(2)).toMatchObject({ orphans: 2 })
    expect(await processed(job.id)).toEqual(recorded(job))
  })

  test('leaves the outputs of a job that was retried since it looked', async () => {
    const job = await addRendering()
    await end(job, 'failed')
    await addUnrecorded(job)
    const { jobs } = world().deps.repositories
    await jobs.restart(job.id, job.workflowId, 'edit-again')
    const inAnHour = new Date(Date.now() + HOUR_MS)
    await jobs.cleanBroken(job.id, inAnHour, () => Promise.reject(new Error('not to be called')))
    await keepHouseIn(2)
    expect(await processed(job.id)).toContain(`processed/${job.id}/360p.mp4`)
  })

  test('takes the outputs of a job that is gone, a week later', async () => {
    const known = await addRendering()
    const id = uuidv7() as JobId
    await store(`processed/${id}/480p.mp4`)
    await store('processed/by-hand/480p.mp4')
    await keepHouseIn(167)
    expect(await processed(id)).toHaveLength(1)
    await keepHouseIn(169)
    expect(await processed(id)).toEqual([])
    expect(await processed(known.id)).toEqual(recorded(known))
    expect(await world().files()).toContain('processed/by-hand/480p.mp4')
  })

  test('takes nothing where the database knows no file at all: it is another one', async () => {
    const files = [`processed/${uuidv7()}/480p.mp4`, `uploads/${uuidv7()}.mp4`]
    for (const file of files) await store(file)
    expect(await keepHouseIn(9999)).toMatchObject({ orphans: 0 })
    expect((await world().files()).sort()).toEqual(files.sort())
  })
})

describe('outputs of an attempt that outlived its job', () => {
  const NOW = new Date('2030-01-10T00:00:00Z')
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
  const ended = (status: FinalStatus, hours: number) => ({ status, finishedAt: ago(hours) })

  test.each<[string, boolean, number, Parameters<typeof isLate>[1]]>([
    ['are late after its failure', true, 2, ended('failed', 3)],
    ['are late after its cancellation', true, 2, ended('cancelled', 3)],
    ['are left for a while', false, 0.5, ended('failed', 3)],
    ['are left while the end is young', false, 2, ended('failed', 0.5)],
    ['are no others than those that came before the end', false, 4, ended('failed', 3)],
    ['are in place when it has completed', false, 2, ended('completed', 3)],
    ['are in place while it runs', false, 2, { status: 'processing', finishedAt: null }],
  ])('%s', (_, late, hours, job) => {
    expect(isLate(ago(hours), job, NOW)).toBe(late)
  })
})
