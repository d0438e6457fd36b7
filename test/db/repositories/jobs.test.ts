import { describe, expect, test } from 'vitest'
import { newJob } from '../../support/records.js'
import { ANY_DATE, storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

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
})
