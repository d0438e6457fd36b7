import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { newJob, newPass, newPlan } from '../../support/records.js'
import { ANY_DATE, newOutput, selectAll, startJob, storeVideo, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const
const COMPLETED = { status: 'completed', errorCode: null, errorMessage: null } as const

/** Ends the job and gives it to its next workflow. */
async function retry({ id, workflowId }: NewJob): Promise<void> {
  await repositories().jobs.finish(id, CANCELLED)
  await repositories().jobs.restart(id, workflowId, `${workflowId}.2`)
}

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

  test('never goes back to an earlier stage in one run, and begins at the first again when it is retried', async () => {
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

  test('saves a plan with its warnings, and the order of filter arguments', async () => {
    const { jobs } = repositories()
    const plan = newPlan([newPass('720p', 2), newPass('1080p', 5)])
    const job = await startJob(repositories(), plan)

    expect(JSON.stringify(await jobs.loadPlan(job.id))).toBe(JSON.stringify(plan))
    expect((await jobs.getById(job.id))?.warnings).toEqual(plan.warnings)
  })

  test('leaves passes alone that exist when its next workflow saves a plan', async () => {
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

  test('keeps the first plan that its workflow has saved, and says which it is', async () => {
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

  test('has no plan before one is saved', async () => {
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await repositories().jobs.create(job, null)
    expect(await repositories().jobs.loadPlan(job.id)).toBeNull()
    expect(await repositories().jobs.loadPlan(uuidv7() as JobId)).toBeNull()
  })

  test('completes with 100 per cent and the largest output as its result', async () => {
    const { jobs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('480p', 1), newPass('1080p', 1)]))
    await passes.complete(job.id, '480p', [newOutput(job, '480p', { width: 854, height: 480 })])
    const large = newOutput(job, '1080p', { width: 1920, height: 1080 })
    await passes.complete(job.id, '1080p', [large])

    expect(await jobs.finish(job.id, COMPLETED)).toBe('completed')
    expect(await jobs.getById(job.id)).toMatchObject({
      status: 'completed',
      stage: 'done',
      progress: 100,
      finishedAt: ANY_DATE,
    })
    const sql = 'SELECT result_file_path FROM jobs WHERE id = $id'
    expect(await selectAll(database(), sql, { id: job.id })).toEqual([{ result_file_path: large.filePath }])
  })

  test.each(['failed', 'cancelled'] as const)(
    'a job that is %s takes its unfinished passes along',
    async (status) => {
      const { jobs, passes } = repositories()
      const job = await startJob(repositories(), newPlan(['a', 'b', 'c'].map((name) => newPass(name, 1))))
      await passes.complete(job.id, 'a', [newOutput(job, 'a')])
      await passes.begin(job.id, 'b', { number: 1, worker: 'w' })
      await passes.report(job.id, 'b', { number: 1, worker: 'w' }, { done: 0.5, speed: 2 })

      const end = { status, errorCode: 'ffmpeg-crashed', errorMessage: 'signal 9 \u0000' } as const
      expect(await jobs.finish(job.id, end)).toBe(status)
      expect(await jobs.getById(job.id)).toMatchObject({
        status,
        progress: 50,
        errorCode: 'ffmpeg-crashed',
        errorMessage: 'signal 9 \uFFFD',
      })
      const statuses = (await passes.list(job.id)).map((pass) => [pass.status, pass.speed])
      expect(statuses).toEqual([
        ['completed', null],
        [status, null],
        [status, null],
      ])
    },
  )

  test('ends once: of many ends at the same time one wins, and all are told which', async () => {
    const { jobs } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const statuses = ['completed', 'failed', 'cancelled', 'failed', 'completed', 'cancelled'] as const
    const told = await Promise.all(
      statuses.map((status) => jobs.finish(job.id, { status, errorCode: null, errorMessage: null })),
    )
    const final = await jobs.getById(job.id)
    expect(new Set(told)).toEqual(new Set([final?.status]))
  })

  test('never changes once it has ended', async () => {
    const { jobs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1), newPass('b', 1)]))
    await passes.begin(job.id, 'a', { number: 1, worker: 'w' })
    await jobs.finish(job.id, CANCELLED)
    const ended = { job: await jobs.getById(job.id), passes: await passes.list(job.id) }

    await jobs.enterStage(job.id, 'rendering')
    await jobs.savePlan(job.id, newPlan([newPass('other', 1)]))
    await passes.begin(job.id, 'b', { number: 2, worker: 'zombie' })
    await passes.report(job.id, 'a', { number: 1, worker: 'w' }, { done: 0.9, speed: 1 })
    await passes.complete(job.id, 'a', [newOutput(job, 'a')])
    await passes.fail(job.id, 'a', { number: 1, worker: 'w' }, 'ffmpeg-crashed')
    await jobs.addWarning(job.id, { code: 'upscaled', message: 'late' })
    expect(await jobs.finish(job.id, COMPLETED)).toBe('cancelled')

    expect({ job: await jobs.getById(job.id), passes: await passes.list(job.id) }).toEqual(ended)
    expect(await repositories().outputs.list(job.id)).toEqual([])
  })

  test('cannot end a job that is not there', async () => {
    const ending = repositories().jobs.finish(uuidv7() as JobId, COMPLETED)
    await expect(ending).rejects.toMatchObject({ code: 'job-not-found' })
  })
})
