import type { DecodeTally } from '../src/jobs/decode-tally.js'
import type { Job } from '../src/jobs/model.js'
import { judgeDecode } from '../src/media/judge-decode.js'
import { measureOutput } from '../src/media/measure-output.js'
import type { FfmpegProgress } from '../src/media/progress.js'
import { tallyDecode } from '../src/media/tally-decode.js'
import { verifyOutput } from '../src/media/verify-output.js'
import { fillMeasured } from '../src/plan/loudness/fill-measured.js'
import type { Encode, Pass, PlannedOutput } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import { executePass } from './execute-pass.js'
import { isStored } from './is-stored.js'
import { knownInputs } from './known-inputs.js'
import { recordOutputs } from './record-outputs.js'

interface Rendering {
  readonly job: Job
  readonly pass: Pass
  /** Those that the pass makes, or parts of them. */
  readonly outputs: readonly PlannedOutput[]
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
}

/** Renders the files of a pass unless they are there, and records those that the job hands out. */
export async function renderFiles(deps: ActivityDeps, rendering: Rendering): Promise<void> {
  const { job, pass, outputs } = rendering
  // An attempt that died after it had put its files into place has done the work already.
  const isDone = (await isStored(deps, keysOf(pass.encodes))) || (await isStored(deps, keysOf(outputs)))
  const decoding = isDone ? undefined : await render(deps, rendering)
  const made = outputs.filter(({ passName }) => passName === pass.name)
  await recordOutputs(deps, job, pass.name, made, decoding)
}

async function render(deps: ActivityDeps, rendering: Rendering): Promise<DecodeTally> {
  const { job, pass, signal } = rendering
  const graph = fillMeasured(pass.graph, await deps.repositories.passes.listMeasured(job.id))
  const execution = { ...rendering, jobId: job.id, pass: { ...pass, graph } }
  return executePass(deps, execution, async (files, report) => {
    const tally = tallyDecode(report, pass)
    // Of what was decoded in parts only all parts together tell how much of it is bad.
    if (!pass.encodes[0].isPart) await warnOfDamage(deps, job, tally)
    for (const { path, encode } of files) await verify(deps, path, encode, signal)
    signal.throwIfAborted()
    // The first attempt to finish wins: a late one cannot replace what users may be reading.
    for (const { path, encode } of files) await deps.storage.putFile(encode.key, path, 'if-absent')
    return tally
  })
}

async function verify(
  { ffmpeg }: ActivityDeps,
  path: string,
  { container, expected }: Encode,
  signal: AbortSignal,
): Promise<void> {
  verifyOutput(await measureOutput(ffmpeg.ffprobePath, path, container, signal), expected)
}

/** @throws AppError `source-damaged` */
export async function warnOfDamage(deps: ActivityDeps, job: Job, tally: DecodeTally): Promise<void> {
  const sources = await knownInputs(
    deps,
    job,
    tally.streams.map(({ key }) => key),
  )
  for (const warning of judgeDecode(tally, sources)) await deps.repositories.jobs.addWarning(job.id, warning)
}

function keysOf(files: readonly { readonly key: string }[]): string[] {
  return files.map(({ key }) => key)
}
