import { isOutage } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { NewJob } from '../ports/repositories.js'

/** Requests start what they accept at once; a row this old was left by one that could not. */
const LEFT_AFTER_MS = 10_000

/** So much may the clocks of two machines differ; a row from further ahead is from before the clock was set back. */
const MAX_AHEAD_MS = 60_000

const BATCH = 100

/** Starts a job's workflow and notes that it was started. Starting by id makes a repetition harmless. */
export async function startWorkflow(
  { repositories, orchestrator }: Pick<JobsDeps, 'repositories' | 'orchestrator'>,
  job: Pick<NewJob, 'id' | 'owner' | 'type' | 'videoId' | 'workflowId' | 'priority'>,
): Promise<void> {
  await orchestrator.start(job)
  await repositories.jobs.markStarted(job.id)
}

/**
 * Starts the accepted jobs whose start went wrong: the API died between row and start, or the orchestrator was
 * away. One that cannot be started does not hold up the others; an outage ends the round. Returns how many.
 */
export async function startUnstarted(
  deps: Pick<JobsDeps, 'repositories' | 'orchestrator' | 'log'>,
  now = new Date(),
): Promise<number> {
  const young = { from: new Date(now.getTime() - LEFT_AFTER_MS), to: new Date(now.getTime() + MAX_AHEAD_MS) }
  const unstarted = await deps.repositories.jobs.listUnstarted(young, BATCH)
  let started = 0
  for (const job of unstarted) {
    try {
      await startWorkflow(deps, job)
      started += 1
      deps.log.warn({ jobId: job.id }, 'started a job that was accepted earlier')
    } catch (error) {
      if (isOutage(error)) throw error
      deps.log.error({ err: error, jobId: job.id }, 'a job that was accepted earlier cannot be started')
    }
  }
  return started
}
