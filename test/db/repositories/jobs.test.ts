import { describe, expect, test } from 'vitest'
import { newJob } from '../../support/records.js'
import { ANY_DATE, storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const

describe('the life of a job', () => {
  test('enters stages, and starts only once', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await jobs.create(job, null)
    await jobs.enterStage(job.id, 'probing')
    const first = await jobs.getById(job.id)
    await jobs.enterStage(job.id, 'planning')
    const second = await jobs.getById(job.id)

    expect(first).toMatchObject({ status: 'processing', stage: 'probing', startedAt: ANY_DATE })
    expect(second).toMatchObject({ stage: 'planning', startedAt: first?.startedAt })
  })

  test('never goes back to an earlier stage in one run, and begins at the first again after a retry', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await jobs.create(job, null)
    const stage = async () => (await jobs.getById(job.id))?.stage
    await jobs.enterStage(job.id, 'packaging')
    for (const earlier of ['probing', 'planning', 'rendering'] as const) {
      await jobs.enterStage(job.id, earlier)
      expect(await stage()).toBe('packaging')
    }
    await jobs.finish(job.id, CANCELLED)
    await jobs.restart(job.id, job.workflowId, `${job.workflowId}.2`)
    await jobs.enterStage(job.id, 'packaging', job.workflowId)
    expect(await stage()).toBe('queued')
    await jobs.enterStage(job.id, 'planning', `${job.workflowId}.2`)
    expect(await stage()).toBe('planning')
  })
})
