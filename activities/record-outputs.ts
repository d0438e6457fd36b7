import type { DecodeTally } from '../src/jobs/decode-tally.js'
import type { Job } from '../src/jobs/model.js'
import type { PlannedOutput } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import { describeMedia } from './describe-output.js'

/**
 * Completes a pass with the outputs that it has made. What is recorded are the files in place, whichever attempt
 * put them there. A cancellation that comes now comes too late: a file that no row knows would stay for ever.
 */
export async function recordOutputs(
  deps: ActivityDeps,
  job: Job,
  passName: string,
  outputs: readonly PlannedOutput[],
  decoding?: DecodeTally,
): Promise<void> {
  const records = []
  for (const output of outputs) records.push(await describeMedia(deps, job, output))
  const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
  await deps.repositories.passes.complete(job.id, passName, records, overlays, decoding)
}
