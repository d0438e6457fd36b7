import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { startUnstarted } from '../../../src/jobs/lifecycle/start-unstarted.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { NewJob, Orchestrator } from '../../../src/jobs/ports/repositories.js'
import { newJob } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

async function addJob(createdAt: Date): Promise<NewJob> {
  const video = await world().addVideo()
  const job = newJob(video.id, { createdAt })
  await world().deps.repositories.jobs.create(job, null)
  return job
}

/** Long after the jobs of other tests, so that none of those counts as new. */
const NOW = new Date('2030-01-01T00:01:00Z')
const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

const sweep = (change: Partial<Orchestrator> = {}) => {
  const { deps, orchestrator } = world()
  return startUnstarted({ ...deps, orchestrator: { ...orchestrator, ...change } }, NOW)
}

const endAll = async (...jobs: readonly { id: JobId }[]) => {
  const end = { status: 'cancelled', errorCode: null, errorMessage: null } as const
  for (const { id } of jobs) await world().deps.repositories.jobs.finish(id, end)
}

describe('the sweep', () => {
  test('starts jobs that were never started, once, and leaves current requests alone', async () => {
    const [old, young] = [await addJob(secondsAgo(20)), await addJob(secondsAgo(5))]
    expect(await sweep()).toBe(1)
    expect(await sweep()).toBe(0)
    expect(world().orchestrator.started).toEqual([old.workflowId])
    await endAll(old, young)
  })

  test('starts jobs that were created before the clock was set back', async () => {
    const ahead = await addJob(secondsAgo(-3600))
    const young = await addJob(secondsAgo(-5))
    expect(await sweep()).toBe(1)
    expect(world().orchestrator.started).toEqual([ahead.workflowId])
    await endAll(ahead, young)
  })

  test('leaves jobs that have ended', async () => {
    await endAll(await addJob(secondsAgo(20)))
    expect(await sweep()).toBe(0)
  })

  test('goes on when a job cannot be started, and tries it again', async () => {
    const jobs = [await addJob(secondsAgo(30)), await addJob(secondsAgo(20))]
    const start: Orchestrator['start'] = async (job) => {
      if (job.id === jobs[0]?.id) throw new Error('refused')
      await world().orchestrator.start(job)
    }
    expect(await sweep({ start })).toBe(1)
    expect(await sweep()).toBe(1)
    expect(world().orchestrator.started).toEqual([jobs[1]?.workflowId, jobs[0]?.workflowId])
  })

  test('ends when Temporal becomes unavailable, and loses nothing', async () => {
    await addJob(secondsAgo(20))
    const away = new AppError('orchestrator-unavailable', 'away')
    world().orchestrator.failures.check = away
    await expect(sweep({ start: () => Promise.reject(away) })).rejects.toBe(away)
    expect(await sweep()).toBe(1)
  })

  test('goes on when Temporal works but fails for one job as if it did not', async () => {
    const jobs = [await addJob(secondsAgo(30)), await addJob(secondsAgo(20))]
    const start: Orchestrator['start'] = async (job) => {
      if (job.id === jobs[0]?.id) throw new AppError('orchestrator-unavailable', 'too slow')
      await world().orchestrator.start(job)
    }
    expect(await sweep({ start })).toBe(1)
    expect(world().orchestrator.started).toEqual([jobs[1]?.workflowId])
    await endAll(...jobs)
  })

  test('gives each job its turn, however many cannot be started', async () => {
    const refused = [await addJob(secondsAgo(60)), await addJob(secondsAgo(50))]
    const startable = [await addJob(secondsAgo(40)), await addJob(secondsAgo(30))]
    const { deps, orchestrator } = world()
    const { jobs } = deps.repositories
    const start: Orchestrator['start'] = async (job) => {
      if (refused.some(({ id }) => id === job.id)) throw new Error('refused')
      await orchestrator.start(job)
    }
    const listUnstarted: typeof jobs.listUnstarted = (young) => jobs.listUnstarted(young, 2)
    const repositories = { ...deps.repositories, jobs: { ...jobs, listUnstarted } }
    const sweepTwo = () =>
      startUnstarted({ ...deps, repositories, orchestrator: { ...orchestrator, start } }, NOW)
    expect(await sweepTwo()).toBe(0)
    expect(await sweepTwo()).toBe(2)
    expect(orchestrator.started).toEqual(startable.map(({ workflowId }) => workflowId))
    await endAll(...refused, ...startable)
  })
})
