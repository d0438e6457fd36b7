import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { Job, JobId, Owner } from '../../../src/jobs/model.js'
import { newPass, newPlan } from '../../support/records.js'
import { newOutput, startJob, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const ATTEMPT = { number: 1, worker: 'worker-1' }

describe('beginning a pass', () => {
  test('marks the attempt, and returns the row as it was before', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const before = await passes.begin(job.id, 'a', ATTEMPT)
    const [first] = await passes.list(job.id)
    const beforeSecond = await passes.begin(job.id, 'a', { number: 2, worker: 'worker-2' })
    const [second] = await passes.list(job.id)

    expect(before).toMatchObject({ status: 'pending', attempt: 0, worker: null, startedAt: null })
    expect(first).toMatchObject({ status: 'processing', attempt: 1, worker: 'worker-1' })
    expect(beforeSecond).toEqual(first)
    expect(second).toEqual({ ...first, attempt: 2, worker: 'worker-2' })
  })

  test('sets only once when the job began to render', async () => {
    const { jobs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1), newPass('b', 1)]))
    expect((await jobs.getById(job.id))?.renderStartedAt).toBeNull()
    await passes.begin(job.id, 'a', ATTEMPT)
    const first = (await jobs.getById(job.id))?.renderStartedAt
    await passes.begin(job.id, 'b', ATTEMPT)

    expect(first).toBeInstanceOf(Date)
    expect((await jobs.getById(job.id))?.renderStartedAt).toEqual(first)
  })

  test('leaves a completed pass unchanged', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.complete(job.id, 'a', [newOutput(job, 'a')])
    const [completed] = await passes.list(job.id)

    expect(await passes.begin(job.id, 'a', ATTEMPT)).toEqual(completed)
    expect(await passes.list(job.id)).toEqual([completed])
  })

  test('refuses a pass that the plan does not have', async () => {
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const { passes } = repositories()
    await expect(passes.begin(job.id, 'b', ATTEMPT)).rejects.toMatchObject({ code: 'job-not-found' })
    const unknown = uuidv7() as JobId
    await expect(passes.begin(unknown, 'a', ATTEMPT)).rejects.toMatchObject({ code: 'job-not-found' })
  })
})

describe('passes of an owner run', () => {
  const startAs = (owner: string, ...names: string[]) =>
    startJob(repositories(), newPlan(names.map((name) => newPass(name, 1))), { owner: owner as Owner })
  const isBegun = async ({ id }: Pick<Job, 'id'>, name: string, most = 2, number = 1) =>
    (await repositories().passes.begin(id, name, { number, worker: 'worker-1' }, most)) !== null

  test('up to a number at once, and further ones once one has ended', async () => {
    const { jobs, passes, usage } = repositories()
    const [first, second, other] = [
      await startAs('acme', 'a', 'b', 'c'),
      await startAs('acme', 'a'),
      await startAs('b', 'a'),
    ]
    const begun = await Promise.all(['a', 'b', 'c'].map((name) => isBegun(first, name)))
    expect(begun.filter(Boolean)).toHaveLength(2)
    expect(await isBegun(second, 'a')).toBe(false)
    expect((await passes.list(second.id))[0]).toMatchObject({ status: 'pending', attempt: 0 })
    expect(await isBegun(other, 'a')).toBe(true)
    expect(await usage.runningPasses(first.owner)).toBe(2)
    await jobs.finish(first.id, { status: 'cancelled', errorCode: null, errorMessage: null })
    expect(await isBegun(second, 'a')).toBe(true)
    expect(await usage.runningPasses(first.owner)).toBe(1)
  })

  test('also when they are tried again after a death, beside no more than the others', async () => {
    const job = await startAs('charlie', 'a', 'b')
    for (const name of ['a', 'b']) expect(await isBegun(job, name)).toBe(true)
    expect(await isBegun(job, 'a', 2, 2)).toBe(true)
    // Both have died, and the limit was lowered meanwhile.
    expect(await isBegun(job, 'a', 1, 3)).toBe(false)
    expect(await isBegun(job, 'b', 1, 2)).toBe(true)
    expect(await isBegun(job, 'a', 1, 4)).toBe(false)
  })
})

describe('failing a pass', () => {
  test('counts the failures, not the attempts', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const fourth = { number: 4, worker: 'w' }
    await passes.begin(job.id, 'a', fourth)
    expect(await passes.fail(job.id, 'a', fourth, 'ffmpeg-crashed')).toBe(1)
    expect(await passes.fail(job.id, 'a', fourth, 'ffmpeg-stalled')).toBe(2)
    expect(await passes.list(job.id)).toMatchObject([{ status: 'pending', errorCode: 'ffmpeg-stalled' }])
  })

  test('does not count outages, but names them', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    expect(await passes.fail(job.id, 'a', ATTEMPT, 'disk-full')).toBe(0)
    expect(await passes.list(job.id)).toMatchObject([{ status: 'pending', errorCode: 'disk-full' }])
    expect(await passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-crashed')).toBe(1)
  })

  test('counts failures at the same time one by one', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await Promise.all(Array.from({ length: 6 }, () => passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-crashed')))
    expect(await passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-crashed')).toBe(7)
  })

  test.each([
    ['of an attempt after which another has begun', { ...ATTEMPT, number: 2 }],
    ['of a worker after which another has begun', { ...ATTEMPT, worker: 'other' }],
  ])('%s changes nothing', async (_, later) => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.begin(job.id, 'a', later)
    await passes.report(job.id, 'a', later, { done: 0.2, speed: 1 })
    const running = await passes.list(job.id)

    await passes.report(job.id, 'a', ATTEMPT, { done: 0.9, speed: 5 })
    expect(await passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-stalled')).toBe(0)
    expect(await passes.list(job.id)).toEqual(running)
  })

  test('leaves a completed pass unchanged', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.complete(job.id, 'a', [newOutput(job, 'a')])
    expect(await passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-crashed')).toBe(0)
    expect(await passes.list(job.id)).toMatchObject([{ status: 'completed', errorCode: null }])
  })
})

describe('listing passes', () => {
  test('gives the passes of a job in the order of the plan', async () => {
    const job = await startJob(repositories(), newPlan(['z', 'a', 'm'].map((name) => newPass(name, 1))))
    const listed = await repositories().passes.list(job.id)
    expect(listed.map(({ name }) => name)).toEqual(['z', 'a', 'm'])
  })

  test('gives the passes and outputs of several jobs, and nothing for no jobs', async () => {
    const { outputs, passes } = repositories()
    const jobs = [
      await startJob(repositories(), newPlan([newPass('a', 1)])),
      await startJob(repositories(), newPlan([newPass('b', 1)])),
    ]
    await startJob(repositories(), newPlan([newPass('c', 1)]))
    for (const job of jobs) {
      const [pass] = await passes.list(job.id)
      await passes.complete(job.id, pass?.name ?? '', [newOutput(job, 'out')])
    }
    const ids = jobs.map(({ id }) => id)

    expect((await passes.listForJobs(ids)).map(({ name }) => name)).toEqual(['a', 'b'])
    expect(new Set((await outputs.listForJobs(ids)).map(({ jobId }) => jobId))).toEqual(new Set(ids))
    expect(await passes.listForJobs([])).toEqual([])
    expect(await outputs.listForJobs([])).toEqual([])
  })
})
