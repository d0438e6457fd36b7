import type { JobsDeps } from '../deps.js'
import type { NewJob } from '../ports/repositories.js'
import { sweepJobs } from './sweep-each.js'

/** Requests start what they accept at once; a row of this age was left by one that could not. */
const LEFT_AFTER_MS = 10_000

/** The clocks of two machines may differ by this; a row from further ahead is from before the clock was set back. */
const MAX_AHEAD_MS = 60_000

const BATCH = 100

/** Leaves time for the other steps of the sweep, which has a minute. */
const LIMIT_MS = 20_000

/** Starts a job's workflow and notes that it was started. Starting by id makes a repetition harmless. */
export async function startWorkflow(
  { repositories, orchestrator }: Pick<JobsDeps, 'repositories' | 'orchestrator'>,
  job: Pick<NewJob, 'id' | 'owner' | 'type' | 'videoId' | 'workflowId' | 'priority'>,
): Promise<void> {
  await orchestrator.start(job)
  await repositories.jobs.markStarted(job.id)
}

/**
 * Starts accepted jobs whose start failed: the API died between row and start, or the orchestrator was away. Returns
 * how many it started. The remaining ones get their turn in the next sweeps.
 */
export async function startUnstarted(
  deps: Pick<JobsDeps, 'repositories' | 'orchestrator' | 'health' | 'log'>,
  now = new Date(),
): Promise<number> {
  const young = { from: new Date(now.getTime() - LEFT_AFTER_MS), to: new Date(now.getTime() + MAX_AHEAD_MS) }
  return sweepJobs(deps, await deps.repositories.jobs.listUnstarted(young, BATCH), {
    work: async (job) => {
      await startWorkflow(deps, job)
      deps.log.warn({ jobId: job.id }, 'started a job that was accepted earlier')
      return true
    },
    failure: 'a job that was accepted earlier cannot be started',
    limitMs: LIMIT_MS,
  })
}
