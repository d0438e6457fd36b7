import type { DecodeTally } from '../src/jobs/decode-tally.js'
import type { Job } from '../src/jobs/model.js'
import { judgeDecode } from '../src/media/judge-decode.js'
import { measureOutput } from '../src/media/measure-output.js'
import { tallyDecode } from '../src/media/tally-decode.js'
import { verifyOutput } from '../src/media/verify-output.js'
import { estimateBytes } from '../src/plan/file-size.js'
import { fillMeasured } from '../src/plan/loudness/fill-measured.js'
import type { Encode, Pass, PlannedOutput } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import { measureFile, type MeasuredFile } from './describe-output.js'
import { executePass, type Attempt } from './execute-pass.js'
import { isStored } from './is-stored.js'
import { knownInputs } from './known-inputs.js'
import { recordOutputs, type Finished } from './record-outputs.js'

interface Rendering extends Attempt {
  readonly job: Job
  readonly pass: Pass
  /** Those that the pass makes, or parts of them. */
  readonly outputs: readonly PlannedOutput[]
}

/** Renders the files of a pass unless they are there, and records those that the job hands out. */
export async function renderFiles(deps: ActivityDeps, rendering: Rendering): Promise<void> {
  const { job, pass, outputs } = rendering
  // An attempt that died after it had put its files into place has done the work already.
  const isDone = (await isStored(deps, keysOf(pass.encodes))) || (await isStored(deps, keysOf(outputs)))
  const rendered = isDone ? undefined : await render(deps, rendering)
  const made = outputs.filter(({ passName }) => passName === pass.name)
  await recordOutputs(deps, job, pass.name, made, rendered)
}

async function render(deps: ActivityDeps, rendering: Rendering): Promise<Finished> {
  const { job, pass, signal } = rendering
  const graph = fillMeasured(pass.graph, await deps.repositories.passes.listMeasured(job.id))
  const neededBytes = estimateBytes(pass.encodes)
  const execution = { ...rendering, jobId: job.id, pass: { ...pass, graph }, neededBytes }
  return executePass(deps, execution, async (files, report) => {
    const tally = tallyDecode(report, pass)
    // Of what was decoded in parts only all parts together tell how much of it is bad.
    if (!pass.encodes[0].isPart) await warnOfDamage(deps, job, tally)
    const found = await Promise.all(files.map(({ path, encode }) => verify(deps, path, encode, signal)))
    signal.throwIfAborted()
    const placed = await Promise.all(
      files.map(async ({ path, encode: { key } }, index) => {
        // The first attempt to finish wins: a late one cannot replace what users may be reading.
        const isPlaced = await deps.storage.putFile(key, path, 'if-absent')
        const file = found[index]
        return isPlaced && file ? [[key, file] as const] : []
      }),
    )
    return { decoding: tally, measured: new Map(placed.flat()) }
  })
}

/** Returns what was found of a file that the job hands out; null for a part of one. */
async function verify(
  deps: ActivityDeps,
  path: string,
  { container, expected, isPart }: Encode,
  signal: AbortSignal,
): Promise<MeasuredFile | null> {
  if (isPart) {
    verifyOutput(await measureOutput(deps.ffmpeg.ffprobePath, path, container, signal), expected)
    return null
  }
  const measured = await measureFile(deps, path, container, signal)
  verifyOutput(measured.facts, expected)
  return measured
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
