import { activityInfo } from '@temporalio/activity'
import { LRUCache } from 'lru-cache'
import type { JobId } from '../../src/jobs/model.js'
import type { JobsRepository } from '../../src/jobs/ports/repositories.js'
import type { Plan } from '../../src/plan/model/plan.js'

/** Plans kept in memory. As JSON, that of a job with 256 passes has half a megabyte. */
const MAX_PLANS = 16

/**
 * Loads the plan of the job that an activity works for, once for all passes of a run of its workflow: each run plans
 * once, before its first pass begins.
 */
export function createPlanOfRun(
  jobs: Pick<JobsRepository, 'loadPlan'>,
): (jobId: JobId) => Promise<Plan | null> {
  const plans = new LRUCache<string, Plan, JobId>({
    max: MAX_PLANS,
    fetchMethod: async (_run, _stale, { context: jobId }) => (await jobs.loadPlan(jobId)) ?? undefined,
  })
  return async (jobId) => {
    const { workflowExecution, activityId } = activityInfo()
    const run = `${jobId}/${workflowExecution?.runId ?? activityId}`
    return (await plans.fetch(run, { context: jobId })) ?? null
  }
}
