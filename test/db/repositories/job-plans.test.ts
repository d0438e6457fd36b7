import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import { newJob, newPass, newPlan } from '../../support/records.js'
import { startJob, storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

describe('the life of a job', () => {
  test('saves a plan with its warnings, and the order of filter arguments', async () => {
    const { jobs } = repositories()
    const plan = newPlan([newPass('720p', 2), newPass('1080p', 5)])
    const job = await startJob(repositories(), plan)

    expect(JSON.stringify(await jobs.loadPlan(job.id))).toBe(JSON.stringify(plan))
    expect((await jobs.getById(job.id))?.warnings).toEqual(plan.warnings)
  })

  test('leaves existing passes alone when a plan is saved again', async () => {
    const { jobs, passes } = repositories()
    const plan = newPlan([newPass('720p', 2)])
    const job = await startJob(repositories(), plan)
    await passes.begin(job.id, '720p', { number: 1, worker: 'w' })
    await jobs.savePlan(job.id, newPlan([newPass('720p', 9), newPass('480p', 1)]))

    expect(await passes.list(job.id)).toMatchObject([
      { name: '720p', cost: 2, status: 'processing' },
      { name: '480p', cost: 1, status: 'pending' },
    ])
  })

  test('keeps a warning that arises while it runs, once, beside those of a plan that is saved again', async () => {
    const { jobs } = repositories()
    const plan = newPlan([newPass('720p', 2)])
    const job = await startJob(repositories(), plan)
    const warnings = [0, 1].map((n) => ({ code: 'silence-added', message: `${n} \u0000` }) as const)
    await Promise.all([...warnings, ...warnings, ...warnings].map((one) => jobs.addWarning(job.id, one)))
    await jobs.savePlan(job.id, plan)

    const saved = (await jobs.getById(job.id))?.warnings.map(({ message }) => message)
    expect(saved?.slice(0, 1)).toEqual(plan.warnings.map(({ message }) => message))
    expect(saved?.slice(1).sort()).toEqual(['0 \uFFFD', '1 \uFFFD'])
  })

  test('has no plan before one is saved', async () => {
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await repositories().jobs.create(job, null)
    expect(await repositories().jobs.loadPlan(job.id)).toBeNull()
    expect(await repositories().jobs.loadPlan(uuidv7() as JobId)).toBeNull()
  })
})
