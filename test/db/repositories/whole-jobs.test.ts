import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { type JobId, LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import { newPass, newPlan } from '../../support/records.js'
import { newOutput, startJob, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const plan = newPlan([newPass('720p', 2), newPass('480p', 1)])

test('a whole job is the job with its passes and outputs, at every step of its life', async () => {
  const { jobs, passes, outputs } = repositories()
  const job = await startJob(repositories(), plan)
  const steps: [string, () => Promise<unknown>][] = [
    ['start', () => Promise.resolve()],
    ['warning', () => jobs.addWarning(job.id, { code: 'no-audio', message: 'It\'s "silent": \\ é नमस्ते 🎬' })],
    ['begin', () => passes.begin(job.id, '720p', { number: 3, worker: 'w' })],
    [
      'report',
      () => passes.report(job.id, '720p', { number: 3, worker: 'w' }, { done: 1 / 3, speed: 0.1 + 0.2 }),
    ],
    ['fail', () => passes.fail(job.id, '720p', { number: 3, worker: 'w' }, 'ffmpeg-crashed')],
    ['complete', () => passes.complete(job.id, '480p', [newOutput(job, '480p', { height: 480 })])],
    [
      'more outputs',
      () =>
        passes.complete(job.id, '720p', [
          newOutput(job, 'sprite', { width: null, height: null, frameRate: null, bitRate: null }),
          newOutput(job, '720p', { width: 1280, height: 720, frameRate: 30_000 / 1001 }),
        ]),
    ],
    ['finish', () => jobs.finish(job.id, { status: 'failed', errorCode: 'internal', errorMessage: 'why' })],
  ]
  for (const [name, step] of steps) {
    await step()
    expect(await jobs.getWhole(LOCAL_OWNER, job.id), name).toEqual({
      job: await jobs.getById(job.id),
      passes: await passes.list(job.id),
      outputs: await outputs.list(job.id),
    })
  }
  expect((await jobs.getWhole(LOCAL_OWNER, job.id))?.outputs).toHaveLength(3)
})

test('another owner, another id and text that is no id find nothing', async () => {
  const { jobs } = repositories()
  const job = await startJob(repositories(), plan)
  expect(await jobs.getWhole('somebody' as Owner, job.id)).toBeNull()
  expect(await jobs.getWhole(LOCAL_OWNER, uuidv7() as JobId)).toBeNull()
  expect(await jobs.getWhole(LOCAL_OWNER, 'x' as JobId)).toBeNull()
})
