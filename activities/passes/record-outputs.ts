import type { DecodeTally } from '../../src/jobs/decode-tally.js'
import { attemptFolder } from '../../src/jobs/keys.js'
import type { Job, JobId } from '../../src/jobs/model.js'
import { withFetched } from '../../src/jobs/stored-files.js'
import type { PlannedOutput } from '../../src/plan/model/plan.js'
import type { ActivityDeps } from '../deps.js'
import { describeMedia, type MeasuredFile, measureFile } from './describe-output.js'

/** What an attempt knows that has just done the work itself. */
export interface Finished {
  readonly decoding?: DecodeTally
  /** The files that it has put into place, by key. */
  readonly measured: ReadonlyMap<string, MeasuredFile>
}

export interface CompletedPass extends Partial<Finished> {
  readonly passName: string
  readonly outputs: readonly PlannedOutput[]
}

/**
 * Completes a pass with the outputs that it has made. The files in place are recorded, whichever attempt put them
 * there. A cancellation that comes now is too late: a file that no row knows would stay for ever.
 */
export async function recordOutputs(
  deps: ActivityDeps,
  job: Job,
  { passName, outputs, decoding, measured }: CompletedPass,
): Promise<void> {
  const records = []
  for (const output of outputs) {
    const file = measured?.get(output.key) ?? (await measureStored(deps, job.id, output))
    records.push(describeMedia(job, output, file))
  }
  const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
  await deps.repositories.passes.complete(job.id, passName, records, { overlays, decoding })
}

async function measureStored(
  deps: ActivityDeps,
  jobId: JobId,
  { key, container }: PlannedOutput,
): Promise<MeasuredFile> {
  return withFetched(deps, attemptFolder(jobId, 'describe'), key, (path) =>
    measureFile(deps, path, container, new AbortController().signal),
  )
}
