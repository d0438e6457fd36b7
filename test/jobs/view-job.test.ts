import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job, PassRow } from '../../src/jobs/model.js'
import type { JobView } from '../../src/jobs/use-cases.js'
import { listJobs, viewJob } from '../../src/jobs/view-job.js'
import { makeJob, makeOutput, makePass } from '../support/records.js'
import { useWorld } from './world.js'

const world = useWorld()

const NOW = new Date('2026-01-02T03:05:00Z')
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => vi.useRealTimers())

async function view(job: Job, passes: readonly PassRow[] = []): Promise<JobView> {
  const { deps } = world()
  const { repositories } = deps
  return viewJob(
    {
      ...deps,
      repositories: {
        ...repositories,
        jobs: { ...repositories.jobs, getWhole: () => Promise.resolve({ job, passes, outputs: [] }) },
      },
    },
    job.owner,
    job.id,
  )
}

const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

describe('the time that is left', () => {
  const eta = async (change: Partial<Job>) => (await view(makeJob(change))).etaSeconds

  test('follows from the average pace since the first pass began', async () => {
    expect(await eta({ progress: 25, renderStartedAt: secondsAgo(30) })).toBe(90)
    expect(await eta({ progress: 99, renderStartedAt: secondsAgo(60) })).toBe(0.6)
  })

  test('is unknown before there is a pace', async () => {
    expect(await eta({ progress: 0, renderStartedAt: null })).toBeNull()
    expect(await eta({ progress: 1, renderStartedAt: secondsAgo(30) })).toBeNull()
  })

  test.each(['pending', 'completed', 'failed', 'cancelled'] as const)('is null when %s', async (status) => {
    expect(await eta({ status, progress: 50, renderStartedAt: secondsAgo(30) })).toBeNull()
  })

  test('is never negative, even if clocks disagree', async () => {
    expect(await eta({ progress: 50, renderStartedAt: secondsAgo(-30) })).toBe(0)
  })
})

describe('the speed', () => {
  test('is the sum over the passes that run', async () => {
    const job = makeJob()
    const passes = [
      makePass(job, '1080p', { speed: 0.5 }),
      makePass(job, '720p', { speed: 1.25 }),
      makePass(job, '480p', { speed: null }),
      makePass(job, '360p', { speed: 9, status: 'completed' }),
    ]
    expect((await view(job, passes)).speed).toBe(1.75)
  })

  test('is unknown until ffmpeg reports it', async () => {
    const job = makeJob()
    expect((await view(job, [makePass(job, '720p', { speed: null })])).speed).toBeNull()
  })
})

test('a page tells whether another one follows, and assigns passes and outputs to their jobs', async () => {
  const { deps } = world()
  const { repositories } = deps
  const jobs = [makeJob(), makeJob(), makeJob()]
  const passes = jobs.map((job) => makePass(job, '720p'))
  const outputs = jobs.map((job) => makeOutput(job, '720p'))
  const listing = {
    ...deps,
    repositories: {
      ...repositories,
      jobs: {
        ...repositories.jobs,
        list: (_owner: unknown, _filter: unknown, { limit }: { limit: number }) =>
          Promise.resolve(jobs.slice(0, limit)),
      },
      passes: { ...repositories.passes, listForJobs: () => Promise.resolve(passes) },
      outputs: { ...repositories.outputs, listForJobs: () => Promise.resolve(outputs) },
    },
  }
  const [first, second] = jobs
  if (!first || !second) throw new Error('there are three')
  const page = await listJobs(listing, first.owner, {}, { limit: 2, after: null })
  expect(page.jobs.map((entry) => [entry.job, entry.passes, entry.outputs])).toEqual(
    [0, 1].map((index) => [jobs[index], [passes[index]], [outputs[index]]]),
  )
  expect(page.next).toEqual({ createdAt: second.createdAt, id: second.id })
  expect((await listJobs(listing, first.owner, {}, { limit: 3, after: null })).next).toBeNull()
})
