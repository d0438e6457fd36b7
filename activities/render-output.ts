import type { Job } from '../src/jobs/model.js'
import type { DecodeReport } from '../src/media/decode-report.js'
import { judgeDecode } from '../src/media/judge-decode.js'
import { measureOutput } from '../src/media/measure-output.js'
import { verifyOutput } from '../src/media/verify-output.js'
import type { FfmpegProgress } from '../src/media/progress.js'
import { fillMeasured } from '../src/plan/loudness/fill-measured.js'
import type { Pass, PlannedOutput } from '../src/plan/plan.js'
import { describeMedia } from './describe-output.js'
import type { ActivityDeps } from './deps.js'
import { executePass } from './execute-pass.js'
import { knownInputs } from './known-inputs.js'

interface Rendering {
  readonly job: Job
  readonly pass: Pass
  readonly output: PlannedOutput
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
}

/** Renders the file of an output unless it is there, and records it. */
export async function renderOutput(deps: ActivityDeps, rendering: Rendering): Promise<void> {
  const { repositories, storage, ffmpeg } = deps
  const { job, pass, output, signal } = rendering
  // An attempt that died after it had put its file into place has done the work already.
  if ((await storage.size(output.key)) === null) {
    const graph = fillMeasured(pass.graph, await repositories.passes.listMeasured(job.id))
    const execution = { ...rendering, jobId: job.id, pass: { ...pass, graph } }
    await executePass(deps, execution, async (file, decoding) => {
      await warnOfDamage(deps, job, pass, decoding)
      const facts = await measureOutput(ffmpeg.ffprobePath, file, output.container, signal)
      verifyOutput(facts, pass.encode.expected)
      signal.throwIfAborted()
      // The first attempt to finish wins: a late one cannot replace what users may be reading.
      await storage.putFile(output.key, file, 'if-absent')
    })
  }
  // What is recorded is the file in place, whichever attempt put it there. A cancellation that comes now comes
  // too late: a file that no row knows would stay for ever.
  const record = await describeMedia(deps, job, output)
  const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
  await repositories.passes.complete(job.id, pass.name, [record], overlays)
}

/** @throws AppError `source-damaged` */
async function warnOfDamage(deps: ActivityDeps, job: Job, pass: Pass, decoding: DecodeReport): Promise<void> {
  const warnings = judgeDecode(decoding, pass, await knownInputs(deps, job, pass))
  for (const warning of warnings) await deps.repositories.jobs.addWarning(job.id, warning)
}
