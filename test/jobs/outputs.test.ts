import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { type FinalStatus, type Job, LOCAL_OWNER } from '../../src/jobs/model.js'
import { openOutput, openProcessedFile } from '../../src/jobs/outputs.js'
import { makeOutput, newJob, newPass, newPlan } from '../support/records.js'
import { useWorld } from './world.js'

const world = useWorld()
let job: Job

/** A job with a film and a folder of segments. */
beforeEach(async () => {
  const { repositories } = world().deps
  const video = await world().addVideo()
  const created = newJob(video.id)
  await repositories.jobs.create(created, null)
  await repositories.jobs.savePlan(created.id, newPlan([newPass('film', 1), newPass('stream', 1)]))
  const stored = await repositories.jobs.getById(created.id)
  if (!stored) throw new Error('the job was not stored')
  job = stored
  await repositories.jobs.enterStage(job.id, 'rendering')
  const film = makeOutput(job, '480p')
  const stream = makeOutput(job, 'hls', {
    filename: 'master.m3u8',
    filePath: `processed/${job.id}/stream/master.m3u8`,
    container: 'hls',
    frameRate: null,
    width: null,
    height: null,
  })
  await repositories.passes.complete(job.id, 'film', [film])
  await repositories.passes.complete(job.id, 'stream', [stream])
  for (const path of ['480p.mp4', 'stream/master.m3u8', 'stream/segment-0-00001.m4s', 'other/secret.txt']) {
    const { path: file } = await world().receive(path)
    await world().deps.storage.putFile(`processed/${job.id}/${path}`, file, 'replace')
  }
})

const finish = (status: FinalStatus) =>
  world().deps.repositories.jobs.finish(job.id, { status, errorCode: null, errorMessage: null })

const open = (path: string) => openProcessedFile(world().deps, LOCAL_OWNER, job.id, path)

describe('a file of an output that has a folder', () => {
  test.each([
    ['480p.mp4', 'video/mp4'],
    ['stream/master.m3u8', 'application/vnd.apple.mpegurl'],
    ['stream/segment-0-00001.m4s', 'video/iso.segment'],
  ])('%s is served as %s', async (path, contentType) => {
    await finish('completed')
    const file = await open(path)
    expect(file).toMatchObject({ contentType, sizeBytes: path.length })
    expect(await text(await file.open({ start: 0, end: file.sizeBytes - 1 }))).toBe(path)
  })

  test.each(['other/secret.txt', 'stream/none.m4s', 'none.mp4', 'stream', '../x/480p.mp4'])(
    '%s is not served',
    async (path) => {
      await finish('completed')
      await expect(open(path)).rejects.toMatchObject({ code: 'file-not-found' })
    },
  )
})

test.each(['completed', 'failed', 'cancelled'] as const)(
  'without a name, a download of a %s job is the film',
  async (status) => {
    await finish(status)
    const file = await openOutput(world().deps, LOCAL_OWNER, job.id, null)
    expect(await text(await file.open({ start: 0, end: file.sizeBytes - 1 }))).toBe('480p.mp4')
  },
)

test('there is no download before the end', async () => {
  const download = openOutput(world().deps, LOCAL_OWNER, job.id, '480p')
  await expect(download).rejects.toMatchObject({ code: 'job-not-completed' })
})
