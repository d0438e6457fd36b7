import type { Job } from '../src/jobs/model.js'
import type { Measurement } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import type { Attempt } from './execute-pass.js'
import { loudnessWarning, measureLoudness } from './measure-loudness.js'

interface Measuring extends Attempt {
  readonly job: Job
  readonly pass: Measurement
}

/** Measures and records the result, for all passes that come after. */
export async function runMeasurement(deps: ActivityDeps, measuring: Measuring): Promise<void> {
  const { jobs, passes } = deps.repositories
  const { job, pass } = measuring
  const earlier = await passes.listMeasured(job.id)
  const measured = await measureLoudness(deps, { ...measuring, jobId: job.id, earlier })
  const warning = loudnessWarning(pass, measured)
  if (warning) await jobs.addWarning(job.id, warning)
  await passes.completeMeasurement(job.id, pass.name, measured)
}
