import type { DecodeTally } from '../../src/jobs/decode-tally.js'
import type { Job } from '../../src/jobs/model.js'
import type { PlannedOutput } from '../../src/plan/model/plan.js'
import type { ActivityDeps } from '../deps.js'
import { describeMedia, type MeasuredFile, measureFile } from './describe-output.js'

/** What is known of the work of an attempt that has just done it. */
export interface Finished {
  readonly decoding?: DecodeTally
  /** Its files that are in place, by their keys. */
  readonly measured: ReadonlyMap<string, MeasuredFile>
}

/**
 * Completes a pass with the outputs that it has made. What is recorded are the files in place, whichever attempt
 * put them there. A cancellation that comes now comes too late: a file that no row knows would stay for ever.
 */
export async function recordOutputs(
  deps: ActivityDeps,
  job: Job,
  passName: string,
  outputs: readonly PlannedOutput[],
  { decoding, measured }: Finished = { measured: new Map() },
): Promise<void> {
  const records = []
  for (const output of outputs) {
    const file = measured.get(output.key) ?? (await measureStored(deps, output))
    records.push(describeMedia(job, output, file))
  }
  const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
  await deps.repositories.passes.complete(job.id, passName, records, { overlays, decoding })
}

async function measureStored(deps: ActivityDeps, { key, container }: PlannedOutput): Promise<MeasuredFile> {
  const path = await deps.storage.localPath(key)
  return measureFile(deps, path, container, new AbortController().signal)
}
