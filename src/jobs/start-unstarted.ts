import type { JobsDeps } from './deps.js'
import type { NewJob } from './ports.js'

/** Requests start what they accept at once; a row this old was left by one that could not. */
const LEFT_AFTER_MS = 10_000

const BATCH = 100

/** Starts a job's workflow and notes that it was started. Starting by id makes a repetition harmless. */
export async function startWorkflow(
  { repositories, orchestrator }: Pick<JobsDeps, 'repositories' | 'orchestrator'>,
  job: Pick<NewJob, 'id' | 'type' | 'videoId' | 'workflowId' | 'priority'>,
): Promise<void> {
  await orchestrator.start(job)
  await repositories.jobs.markStarted(job.id)
}

/**
 * Starts the accepted jobs whose start went wrong: the API died between row and start, or the orchestrator was
 * away. Returns how many.
 */
export async function startUnstarted(
  deps: Pick<JobsDeps, 'repositories' | 'orchestrator' | 'log'>,
  now = new Date(),
): Promise<number> {
  const before = new Date(now.getTime() - LEFT_AFTER_MS)
  const unstarted = await deps.repositories.jobs.listUnstarted(before, BATCH)
  for (const job of unstarted) {
    await startWorkflow(deps, job)
    deps.log.warn({ jobId: job.id }, 'started a job that was accepted earlier')
  }
  return unstarted.length
}
