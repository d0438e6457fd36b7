import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import { newPass, newPlan } from '../../support/records.js'
import { newOutput, startJob, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const plan = newPlan([newPass('720p', 2), newPass('480p', 1)])

test('the version of a job changes only with the job, its passes and its outputs', async () => {
  const { jobs, passes } = repositories()
  const job = await startJob(repositories(), plan)
  const other = await startJob(repositories(), plan)
  const version = async (id: JobId) => (await jobs.listVersions([id])).get(id)
  const steps: [string, () => Promise<unknown>][] = [
    ['stage', () => jobs.enterStage(job.id, 'packaging')],
    ['begin', () => passes.begin(job.id, '720p', { number: 1, worker: 'w' })],
    ['report', () => passes.report(job.id, '720p', { number: 1, worker: 'w' }, { done: 0.5, speed: 1 })],
    ['fail', () => passes.fail(job.id, '720p', { number: 1, worker: 'w' }, 'ffmpeg-crashed')],
    ['complete', () => passes.complete(job.id, '720p', [newOutput(job, '720p')])],
    ['finish', () => jobs.finish(job.id, { status: 'cancelled', errorCode: null, errorMessage: null })],
    ['restart', () => jobs.restart(job.id, job.workflowId, 'edit-again')],
  ]
  const otherBefore = await version(other.id)
  let before = await version(job.id)
  expect(before).toEqual(expect.any(String))
  for (const [name, step] of steps) {
    expect(await version(job.id), `before ${name}`).toBe(before)
    await step()
    const after = await version(job.id)
    expect(after, name).not.toBe(before)
    before = after
  }
  expect(await version(other.id)).toBe(otherBefore)
})

test('several jobs are looked up at once, without those that no longer exist', async () => {
  const { jobs } = repositories()
  const created = [await startJob(repositories(), plan), await startJob(repositories(), newPlan([]))]
  const ids = created.map(({ id }) => id)
  const asked = [...ids, uuidv7() as JobId]
  expect([...(await jobs.listVersions(asked)).keys()].sort()).toEqual(ids)
  const found = await jobs.listByIds(asked)
  expect(found.map(({ id }) => id).sort()).toEqual(ids)
  for (const job of found) expect(job).toEqual(await jobs.getById(job.id))
})
