import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import { newPass, newPlan } from '../../support/records.js'
import { ANY_DATE, newOutput, selectAll, startJob, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const
const COMPLETED = { status: 'completed', errorCode: null, errorMessage: null } as const

describe('the life of a job', () => {
  test('ends as completed with 100 per cent and the largest output as its result', async () => {
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
    'ends unfinished passes in the same way when it is %s',
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

  test('ends once: one of many ends at the same time wins, and all callers learn which one', async () => {
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

  test('cannot end when the job does not exist', async () => {
    const ending = repositories().jobs.finish(uuidv7() as JobId, COMPLETED)
    await expect(ending).rejects.toMatchObject({ code: 'job-not-found' })
  })
})
