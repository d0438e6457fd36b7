import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { Retention } from '../../../src/jobs/housekeeping/judge-leftover.js'
import { keepHouse } from '../../../src/jobs/housekeeping/keep-house.js'
import { cancelJob } from '../../../src/jobs/lifecycle/cancel-job.js'
import { settleEnded } from '../../../src/jobs/lifecycle/settle-ended.js'
import { type JobId, LOCAL_OWNER } from '../../../src/jobs/model.js'
import type { WorkflowState } from '../../../src/jobs/ports/repositories.js'
import { recorded, useRenderingJobs } from '../rendering-jobs.js'

const { world, store, processed, addRendering, addUnrecorded, end } = useRenderingJobs()

const RETENTION: Retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
const HOUR_MS = 3_600_000

const keepHouseIn = (hours: number) =>
  keepHouse({ ...world().deps, retention: RETENTION }, new Date(Date.now() + hours * HOUR_MS))

describe('housekeeping', () => {
  test('removes outputs of an attempt that outlived its job', async () => {
    const job = await addRendering()
    await end(job, 'cancelled')
    await addUnrecorded(job)
    expect(await keepHouseIn(167)).toMatchObject({ orphans: 0 })
    expect(await keepHouseIn(169)).toMatchObject({ orphans: 2 })
    expect(await processed(job.id)).toEqual(recorded(job))
    expect(await keepHouseIn(169)).toMatchObject({ orphans: 0 })
  })

  test.each<WorkflowState>(['completed', 'terminated', 'unknown', 'cancelled'])(
    'leaves what a restored database does not know for a week, when the workflow is %s',
    async (state) => {
      // The rows are those of a moment before the outputs were recorded.
      const job = await addRendering()
      await addUnrecorded(job)
      const all = await processed(job.id)
      const { repositories } = world().deps
      await repositories.jobs.markStarted(job.id)
      world().orchestrator.states.set(job.workflowId, state)
      expect(await settleEnded(world().deps)).toBe(1)
      expect((await repositories.jobs.getById(job.id))?.status).not.toBe('processing')
      await keepHouseIn(167)
      expect(await processed(job.id)).toEqual(all)
      expect(await keepHouseIn(169)).toMatchObject({ orphans: 2 })
      expect(await processed(job.id)).toEqual(recorded(job))
    },
  )

  test('leaves what a restored database does not know for a week, when somebody cancels the job', async () => {
    const job = await addRendering()
    await addUnrecorded(job)
    const all = await processed(job.id)
    world().orchestrator.states.set(job.workflowId, 'unknown')
    await cancelJob(world().deps, LOCAL_OWNER, job.id)
    expect(await processed(job.id)).toEqual(all)
  })

  test('leaves the outputs of a job that was retried in the meantime', async () => {
    const job = await addRendering()
    await end(job, 'failed')
    await addUnrecorded(job)
    const { jobs } = world().deps.repositories
    await jobs.restart(job.id, job.workflowId, 'edit-again')
    const inAnHour = new Date(Date.now() + HOUR_MS)
    await jobs.cleanBroken(job.id, inAnHour, () => Promise.reject(new Error('not to be called')))
    await keepHouseIn(169)
    expect(await processed(job.id)).toContain(`processed/${job.id}/360p.mp4`)
  })

  test('removes the outputs of a deleted job a week later', async () => {
    const known = await addRendering()
    const id = uuidv7() as JobId
    await store(`processed/${id}/480p.mp4`)
    await store('processed/by-hand/480p.mp4')
    await keepHouseIn(167)
    expect(await processed(id)).toHaveLength(1)
    await keepHouseIn(169)
    expect(await processed(id)).toEqual([])
    expect(await processed(known.id)).toEqual(recorded(known))
    expect(await world().files()).toContain('processed/by-hand/480p.mp4')
  })

  test('removes nothing when the database knows no file at all, since it must be the wrong database', async () => {
    const files = [`processed/${uuidv7()}/480p.mp4`, `uploads/${uuidv7()}.mp4`]
    for (const file of files) await store(file)
    expect(await keepHouseIn(9999)).toMatchObject({ orphans: 0 })
    expect((await world().files()).sort()).toEqual(files.sort())
  })
})
