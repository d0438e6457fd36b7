import { expect, test } from 'vitest'
import { expireOutputs } from '../../../src/jobs/housekeeping/expire-outputs.js'
import { newJob } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

const RETENTION = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: 1 }
const IN_TWO_DAYS = new Date(Date.now() + 2 * 24 * 3_600_000)

test('outputs expire even if those of many older jobs cannot be removed', async () => {
  const { deps } = world()
  const { jobs } = deps.repositories
  const video = await world().addVideo()
  const add = async () => {
    const job = newJob(video.id)
    await jobs.create(job, null)
    await jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
    return job.id
  }
  const stuck = [await add(), await add()]
  const last = await add()
  const remove = (key: string) =>
    stuck.some((id) => key.includes(id)) ? Promise.reject(new Error('odd')) : deps.storage.remove(key)
  const listExpirable: typeof jobs.listExpirable = (before) => jobs.listExpirable(before, 2)
  const repositories = { ...deps.repositories, jobs: { ...jobs, listExpirable } }
  const expireTwo = (storage = { ...deps.storage, remove }) =>
    expireOutputs({ ...deps, repositories, storage, retention: RETENTION }, IN_TWO_DAYS)
  expect(await expireTwo()).toBe(0)
  expect(await expireTwo()).toBe(1)
  expect((await jobs.getById(last))?.expiredAt).toBeInstanceOf(Date)
  expect(await expireTwo(deps.storage)).toBe(2)
})
