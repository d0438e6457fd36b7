import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { newJob, newPass, newPlan } from '../../support/records.js'
import { startJob, storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const

/** Ends the job and gives it to its next workflow. */
async function retry({ id, workflowId }: NewJob): Promise<void> {
  await repositories().jobs.finish(id, CANCELLED)
  await repositories().jobs.restart(id, workflowId, `${workflowId}.2`)
}

describe('the life of a job', () => {
  test('stores a plan with its warnings and the order of its filter arguments', async () => {
    const { jobs } = repositories()
    const plan = newPlan([newPass('720p', 2), newPass('1080p', 5)])
    const job = await startJob(repositories(), plan)

    expect(JSON.stringify(await jobs.loadPlan(job.id))).toBe(JSON.stringify(plan))
    expect((await jobs.getById(job.id))?.warnings).toEqual(plan.warnings)
  })

  test('keeps existing passes when its next workflow stores a plan', async () => {
    const { jobs, passes } = repositories()
    const plan = newPlan([newPass('720p', 2)])
    const job = await startJob(repositories(), plan)
    await retry(job)
    await passes.begin(job.id, '720p', { number: 1, worker: 'w' })
    await jobs.savePlan(job.id, newPlan([newPass('720p', 9), newPass('480p', 1)]))

    expect(await passes.list(job.id)).toMatchObject([
      { name: '720p', cost: 2, status: 'processing' },
      { name: '480p', cost: 1, status: 'pending' },
    ])
  })

  test('keeps the first plan that its workflow has stored, and tells which one it is', async () => {
    const { jobs, passes } = repositories()
    const first = newPlan([newPass('720p', 2)])
    const job = await startJob(repositories(), first)
    const second = newPlan([newPass('480p', 1)])
    expect(await jobs.savePlan(job.id, second, job.workflowId)).toEqual(first)
    expect(await jobs.loadPlan(job.id)).toEqual(first)
    expect(await passes.list(job.id)).toMatchObject([{ name: '720p' }])

    await retry(job)
    expect(await jobs.savePlan(job.id, first, job.workflowId), 'of the workflow before').toEqual(first)
    expect(await jobs.savePlan(job.id, second, `${job.workflowId}.2`)).toEqual(second)
    expect(await jobs.loadPlan(job.id)).toEqual(second)
    expect(await passes.list(job.id)).toMatchObject([{ name: '480p' }])
  })

  test('keeps a warning that arises while it runs, once, beside those of the plan of its next workflow', async () => {
    const { jobs } = repositories()
    const plan = newPlan([newPass('720p', 2)])
    const job = await startJob(repositories(), plan)
    const warnings = [0, 1].map((n) => ({ code: 'silence-added', message: `${n} \u0000` }) as const)
    await Promise.all([...warnings, ...warnings, ...warnings].map((one) => jobs.addWarning(job.id, one)))
    await retry(job)
    await jobs.savePlan(job.id, plan)

    const saved = (await jobs.getById(job.id))?.warnings.map(({ message }) => message)
    expect(saved?.slice(0, 1)).toEqual(plan.warnings.map(({ message }) => message))
    expect(saved?.slice(1).sort()).toEqual(['0 \uFFFD', '1 \uFFFD'])
  })

  test('has no plan before one is stored', async () => {
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await repositories().jobs.create(job, null)
    expect(await repositories().jobs.loadPlan(job.id)).toBeNull()
    expect(await repositories().jobs.loadPlan(uuidv7() as JobId)).toBeNull()
  })
})
