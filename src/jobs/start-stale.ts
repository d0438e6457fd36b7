import type { JobsDeps } from './deps.js'

/** A row this old that is still `pending` was not started by the request that made it. */
const STALE_AFTER_MS = 10_000

const BATCH = 100

/**
 * Starts the workflows of accepted jobs whose start went wrong: the API died between row and start, or the
 * orchestrator was away. Starting by id makes a repetition harmless. Returns how many it started.
 */
export async function startStaleJobs(
  { repositories, orchestrator, log }: Pick<JobsDeps, 'repositories' | 'orchestrator' | 'log'>,
  now = new Date(),
): Promise<number> {
  const stale = await repositories.jobs.listStale(new Date(now.getTime() - STALE_AFTER_MS), BATCH)
  for (const job of stale) {
    await orchestrator.start(job)
    log.warn({ jobId: job.id }, 'started a job that was accepted earlier')
  }
  return stale.length
}
