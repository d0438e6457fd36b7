import { access } from 'node:fs/promises'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { createPublish, type PublishInput } from '../../activities/publish.js'
import type { JobId } from '../../src/jobs/model.js'
import { useWorld } from '../jobs/world.js'
import { newJob, newVideo } from '../support/records.js'
import { activityDeps, attempt, startRendering } from './world.js'

const world = useWorld()

const jobOf = (id: JobId) => world().deps.repositories.jobs.getById(id)

/** Publishes an end as the job's workflow does. */
async function publish(end: Partial<PublishInput> & { jobId: string }, workflowId?: string): Promise<void> {
  const input: PublishInput = { status: 'completed', errorCode: null, errorMessage: null, ...end }
  const current = (await jobOf(end.jobId as JobId))?.workflowId
  await attempt(1, { workflowId: workflowId ?? current }).run(createPublish(activityDeps(world())), input)
}

describe('publish', () => {
  test('removes the work folder and writes the end', async () => {
    const { job } = await startRendering(world())
    const folder = await world().deps.workFolders.create(`${job.id}/transcode-240p.attempt`)
    await publish({ jobId: job.id })
    await expect(access(folder)).rejects.toThrow('ENOENT')
    expect(await jobOf(job.id)).toMatchObject({ status: 'completed', stage: 'done', progress: 100 })
  })

  test('after a cancellation leaves the passes cancelled', async () => {
    const { job } = await startRendering(world())
    await publish({ jobId: job.id, status: 'cancelled' })
    expect(await jobOf(job.id)).toMatchObject({ status: 'cancelled', errorCode: null })
    expect(await world().deps.repositories.passes.list(job.id)).toMatchObject([{ status: 'cancelled' }])
  })

  test('keeps the code of a failure, and turns an unknown code into internal', async () => {
    for (const [given, kept] of [
      ['source-damaged', 'source-damaged'],
      ['TypeError', 'internal'],
      [null, 'internal'],
    ]) {
      const { job } = await startRendering(world())
      await publish({ jobId: job.id, status: 'failed', errorCode: given ?? null, errorMessage: 'why' })
      expect(await jobOf(job.id)).toMatchObject({ status: 'failed', errorCode: kept, errorMessage: 'why' })
    }
  })

  test('writes only the first end, however often it runs', async () => {
    const { job } = await startRendering(world())
    await publish({ jobId: job.id, status: 'cancelled' })
    const first = await jobOf(job.id)
    await publish({ jobId: job.id })
    await publish({ jobId: job.id, status: 'failed', errorCode: 'internal' })
    expect(await jobOf(job.id)).toEqual(first)
  })

  test('changes nothing for a workflow that the job has left', async () => {
    const { job } = await startRendering(world())
    const folder = await world().deps.workFolders.create(`${job.id}/transcode-240p.attempt`)
    await publish({ jobId: job.id, status: 'failed' }, 'edit-of-before')
    await expect(access(folder)).resolves.toBeUndefined()
    expect(await jobOf(job.id)).toMatchObject({ status: 'processing' })
  })

  test('makes the video of a failed upload unusable', async () => {
    const { jobs, videos } = world().deps.repositories
    const video = newVideo()
    const upload = newJob(video.id, { type: 'upload', edit: null })
    await jobs.createUpload(video, upload, null)
    await publish({ jobId: upload.id, status: 'failed', errorCode: 'source-damaged' })
    expect(await videos.getById(video.id)).toMatchObject({ status: 'failed' })
  })

  test('leaves the outputs of a job that the database does not know: it may be an older one', async () => {
    const id = uuidv7()
    const output = `processed/${id}/480p.mp4`
    for (const key of [output, `parts/${id}/1.ts`]) {
      await world().deps.storage.putFile(key, (await world().receive('bytes')).path, 'replace')
    }
    await publish({ jobId: id }, `edit-${id}`)
    expect(await world().files()).toEqual([output])
  })

  test('does nothing for a job that was deleted', async () => {
    await expect(publish({ jobId: uuidv7() })).resolves.toBeUndefined()
  })
})
