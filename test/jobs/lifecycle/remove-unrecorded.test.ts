import { describe, expect, test } from 'vitest'
import { endJob } from '../../../src/jobs/lifecycle/end-job.js'
import type { FinalStatus } from '../../../src/jobs/model.js'
import type { Store } from '../../../src/jobs/ports/repositories.js'
import { makeOutput } from '../../support/records.js'
import { recorded, useRenderingJobs } from '../rendering-jobs.js'

const { world, store, processed, addRendering, addUnrecorded, end } = useRenderingJobs()

describe('the end of a job', () => {
  test.each<FinalStatus>(['cancelled', 'failed'])(
    'that is %s removes files that no row names',
    async (status) => {
      const job = await addRendering()
      await addUnrecorded(job)
      await end(job, status)
      expect(await processed(job.id)).toEqual(recorded(job))
    },
  )

  test('lets nothing be recorded once it has listed the files', async () => {
    const job = await addRendering()
    await addUnrecorded(job)
    const { deps } = world()
    let recording: Promise<unknown> = Promise.resolve()
    const storage: Store = {
      ...deps.storage,
      list: (prefix) => {
        const late = makeOutput(job, '360p')
        recording = deps.repositories.passes.complete(job.id, 'a', [late])
        return deps.storage.list(prefix)
      },
    }
    const failed = { status: 'failed', errorCode: null, errorMessage: null } as const
    await endJob({ ...deps, storage }, job, failed, { removesOutputs: true })
    await recording
    expect((await deps.repositories.outputs.list(job.id)).map(({ name }) => name).sort()).toEqual([
      '480p',
      'hls',
    ])
    expect(await processed(job.id)).toEqual(recorded(job))
  })

  test('removes nothing when it is refused because another workflow has the job', async () => {
    const job = await addRendering()
    await addUnrecorded(job)
    const end = { status: 'failed', errorCode: null, errorMessage: null } as const
    await endJob(world().deps, { ...job, workflowId: 'edit-of-before' }, end, { removesOutputs: true })
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
