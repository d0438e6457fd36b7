import { mergeTallies } from '../src/jobs/decode-tally.js'
import type { Job } from '../src/jobs/model.js'
import { verifyOutput } from '../src/media/verify-output.js'
import type { Assembly, PlannedOutput } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import { measureFile, type MeasuredFile } from './describe-output.js'
import { executeAssembly, type Attempt } from './execute-pass.js'
import { inputBytes } from './input-bytes.js'
import { isStored } from './is-stored.js'
import { recordOutputs } from './record-outputs.js'
import { warnOfDamage } from './render-files.js'

interface Assembling extends Attempt {
  readonly job: Job
  readonly pass: Assembly
  /** The one that it makes. */
  readonly output: PlannedOutput
}

/** Joins the parts of an output unless it is there, and records it. */
export async function assembleFile(deps: ActivityDeps, assembling: Assembling): Promise<void> {
  const { storage, repositories } = deps
  const { job, pass, output, signal } = assembling
  const measured = new Map<string, MeasuredFile>()
  if (!(await isStored(deps, [pass.key]))) {
    const neededBytes = await inputBytes(deps, pass)
    const tallies = await repositories.passes.listDecoded(job.id, output.name)
    await warnOfDamage(deps, job, mergeTallies(tallies))
    await executeAssembly(deps, { ...assembling, jobId: job.id, neededBytes }, async (file) => {
      const found = await measureFile(deps, file, pass.container, signal)
      verifyOutput(found.facts, pass.expected)
      signal.throwIfAborted()
      if (await storage.putFile(pass.key, file, 'if-absent')) measured.set(pass.key, found)
    })
  }
  await recordOutputs(deps, job, pass.name, [output], { measured })
}
