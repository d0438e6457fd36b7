import { expect, test } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import { makeAsset, makeOutput, newJob, newPass, newPlan } from '../../support/records.js'
import { storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()
const ACME = 'acme' as Owner

test('an owner stores videos, assets and outputs, until these are deleted or expire', async () => {
  const { jobs, passes, assets, usage, videos } = repositories()
  const stored = () => usage.storedBytes(ACME)
  expect(await stored()).toBe(0)
  const { video } = await storeVideo(repositories(), { owner: ACME, fileSize: 6_000_000_000 })
  await storeVideo(repositories(), { owner: 'bravo' as Owner, fileSize: 1 })
  await assets.insert(makeAsset('a.png', { owner: ACME, fileSize: 20 }))
  const job = newJob(video.id, { owner: ACME })
  await jobs.create(job, null)
  await jobs.savePlan(job.id, newPlan([newPass('480p', 1)]))
  await passes.complete(job.id, '480p', [makeOutput(job, '480p', { fileSize: 300 })])
  expect(await stored()).toBe(6_000_000_320)
  await jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
  const soon = new Date(Date.now() + 60_000)
  expect(await jobs.expire(job.id, soon, () => Promise.resolve())).toBe(true)
  expect(await stored()).toBe(6_000_000_020)
  await videos.delete(ACME, video.id, () => Promise.resolve())
  expect(await stored()).toBe(20)
})

test('queued jobs are those that have not ended; running ones have begun', async () => {
  const owner = 'counting' as Owner
  const { jobs, usage } = repositories()
  const { video } = await storeVideo(repositories(), { owner })
  const made = [newJob(video.id, { owner }), newJob(video.id, { owner }), newJob(video.id, { owner })]
  for (const job of made) await jobs.create(job, null)
  const [first, second] = made
  if (!first || !second) throw new Error('three were made')
  await jobs.enterStage(first.id, 'rendering')
  await jobs.finish(second.id, { status: 'cancelled', errorCode: null, errorMessage: null })
  expect(await usage.countJobs(owner)).toEqual({ queued: 2, running: 1 })
})

test('sent bytes are summed by owner and day, and never fall below 0', async () => {
  const { usage } = repositories()
  const add = (bytes: number, day = '2026-11-30', owner = ACME) => usage.addSent(owner, day, bytes)
  expect(await add(0)).toBe(0)
  expect(await Promise.all([add(6_000_000_000), add(6_000_000_000, '2026-12-01')])).toEqual([6e9, 6e9])
  expect(await add(5)).toBe(6_000_000_005)
  expect(await add(0, '2026-11-30', 'bravo' as Owner)).toBe(0)
  expect(await add(-7_000_000_000)).toBe(0)
  expect(await add(-1, '2026-12-02')).toBe(0)
  await Promise.all(Array.from({ length: 20 }, () => add(1, '2026-12-03')))
  expect(await add(0, '2026-12-03')).toBe(20)
})
