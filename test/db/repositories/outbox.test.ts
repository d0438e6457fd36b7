import { expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import type { JobEnd } from '../../../src/jobs/ports/repositories.js'
import { newJob, newPass, newPlan, newVideo } from '../../support/records.js'
import { newOutput, selectAll, startJob, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const END = { errorCode: null, errorMessage: null }
const ATTEMPT = { number: 1, worker: 'w' }

async function eventsOf(jobId: JobId) {
  const sql = "SELECT type, data FROM events WHERE data->>'job_id' = $jobId ORDER BY id"
  return selectAll(database(), sql, { jobId })
}

const typesOf = async (jobId: JobId) => (await eventsOf(jobId)).map(({ type }) => type)

test('a job tells when it begins, at each tenth of the way, of each output, and how it ends', async () => {
  const { jobs, passes } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('720p', 1), newPass('480p', 1)]))
  await jobs.enterStage(job.id, 'rendering')
  await passes.begin(job.id, '720p', ATTEMPT)
  for (const done of [0.1, 0.15, 0.3, 0.31, 0.9]) {
    await passes.report(job.id, '720p', ATTEMPT, { done, speed: 1 })
  }
  const output = newOutput(job, '720p')
  await passes.complete(job.id, '720p', [output])
  await passes.complete(job.id, '720p', [output])
  await passes.complete(job.id, '480p', [newOutput(job, '480p')])
  await jobs.finish(job.id, { ...END, status: 'completed' })

  const told = await eventsOf(job.id)
  expect(told.map(({ type }) => type)).toEqual([
    'job.started',
    ...['job.progress', 'job.progress'],
    ...['rendition.completed', 'job.progress'],
    ...['rendition.completed', 'job.progress'],
    'job.completed',
  ])
  const ids = { job_id: job.id, video_id: job.videoId }
  const progress = told.filter(({ type }) => type === 'job.progress').map(({ data }) => data)
  expect(progress).toMatchObject([15, 45, 50, 99].map((percent) => ({ progress: percent })))
  expect(told[0]?.['data']).toEqual({
    ...ids,
    job_type: job.type,
    status: 'processing',
    progress: 0,
    error_code: null,
  })
  expect(told[3]?.['data']).toEqual({ ...ids, processed_video_id: output.id, name: '720p' })
  expect(told.at(-1)?.['data']).toMatchObject({ ...ids, status: 'completed', progress: 100 })
})

test('a job that ends twice, or for a workflow that it left, tells of one end', async () => {
  const { jobs } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('480p', 1)]))
  const failed: JobEnd = { status: 'failed', errorCode: 'ffmpeg-crashed', errorMessage: 'signal 9' }
  await jobs.finish(job.id, failed, { workflowId: 'another' })
  await jobs.finish(job.id, failed)
  await jobs.finish(job.id, { ...END, status: 'completed' })
  const told = await eventsOf(job.id)
  expect(told.map(({ type }) => type)).toEqual(['job.started', 'job.failed'])
  expect(told[1]?.['data']).toMatchObject({ status: 'failed', progress: 0, error_code: 'ffmpeg-crashed' })
})

test('a job that is retried tells of its second run, too', async () => {
  const { jobs } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('480p', 1)]))
  await jobs.finish(job.id, { ...END, status: 'cancelled' })
  await jobs.restart(job.id, job.workflowId, 'next')
  await jobs.enterStage(job.id, 'planning', 'next')
  expect(await typesOf(job.id)).toEqual(['job.started', 'job.cancelled', 'job.started'])
})

test('the end of an upload tells of its video', async () => {
  const { jobs } = repositories()
  const told = []
  for (const status of ['completed', 'failed', 'cancelled'] as const) {
    const video = newVideo()
    const job = newJob(video.id, { type: 'upload', edit: null })
    await jobs.createUpload(video, job, null)
    await jobs.finish(job.id, { ...END, status })
    told.push(await typesOf(job.id))
  }
  expect(told).toEqual([
    ['video.ready', 'job.completed'],
    ['video.failed', 'job.failed'],
    ['video.failed', 'job.cancelled'],
  ])
})

test('nothing is told of an end that is not written', async () => {
  const { jobs } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('480p', 1)]))
  const removeFiles = () => Promise.reject(new Error('the disk is away'))
  await expect(jobs.finish(job.id, { ...END, status: 'failed' }, { removeFiles })).rejects.toThrow('disk')
  expect(await typesOf(job.id)).toEqual(['job.started'])
})

test('each output tells when it expires', async () => {
  const { jobs, passes } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('480p', 1)]))
  const output = newOutput(job, '480p')
  await passes.complete(job.id, '480p', [output])
  await jobs.finish(job.id, { ...END, status: 'completed' })
  const later = new Date(Date.now() + 60_000)
  const expire = () => jobs.expire(job.id, later, () => Promise.resolve())
  expect([await expire(), await expire()]).toEqual([true, false])
  const told = (await eventsOf(job.id)).filter(({ type }) => type === 'output.expired')
  expect(told.map(({ data }) => data)).toEqual([
    { job_id: job.id, video_id: job.videoId, processed_video_id: output.id, name: '480p' },
  ])
})

test('old events are removed, the oldest first', async () => {
  const { jobs, events } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('480p', 1)]))
  await jobs.finish(job.id, { ...END, status: 'completed' })
  await database().sequelize.query(
    "UPDATE events SET created_at = now() - interval '1 day', dispatched_at = now()",
  )
  await database().sequelize.query(
    "UPDATE events SET created_at = now() - interval '2 days' WHERE type = 'job.started'",
  )
  const before = new Date(Date.now() - 3_600_000)
  const all = await selectAll(database(), 'SELECT type FROM events')
  const started = all.filter(({ type }) => type === 'job.started').length
  expect(await events.removeBefore(before, started)).toBe(started)
  expect(await typesOf(job.id)).toEqual(['job.completed'])
  expect(await events.removeBefore(before, 1000)).toBe(all.length - started)
})
