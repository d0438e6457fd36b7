import { join } from 'node:path'
import type { DecodeTally } from '../../src/jobs/decode-tally.js'
import type { Job } from '../../src/jobs/model.js'
import type { DecodeReport } from '../../src/media/decoding/decode-report.js'
import { judgeDecode } from '../../src/media/decoding/judge-decode.js'
import { tallyDecode } from '../../src/media/decoding/tally-decode.js'
import { measureOutput } from '../../src/media/packets/measure-output.js'
import { verifyOutput } from '../../src/media/packets/verify-output.js'
import { passArgv } from '../../src/plan/argv/pass-argv.js'
import { fillMeasured } from '../../src/plan/loudness/fill-measured.js'
import type { Encode, Pass, PlannedOutput } from '../../src/plan/model/plan.js'
import { outputName } from '../../src/plan/model/work-files.js'
import { estimateBytes } from '../../src/plan/renditions/file-size.js'
import type { ActivityDeps } from '../deps.js'
import { type MeasuredFile, measureFile } from './describe-output.js'
import { knownInputs } from './known-inputs.js'
import { type Finished, recordOutputs } from './record-outputs.js'
import { isStored } from './stored-files.js'
import { type Attempt, type Execution, type ExecutionDeps, inPassFolder } from './work-folder.js'

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

/** A file of a pass's, in its work folder. */
export interface EncodedFile {
  readonly path: string
  readonly encode: Encode
}

/** Renders a pass and hands its files on. Afterwards, and after a failure or a cancellation, nothing is left. */
export async function executePass<Result>(
  deps: ExecutionDeps,
  execution: Execution<Pass>,
  useFiles: (files: readonly EncodedFile[], decoding: DecodeReport) => Promise<Result>,
): Promise<Result> {
  const { pass } = execution
  const names = pass.encodes.map(outputName)
  return inPassFolder(
    deps,
    execution,
    ({ run }) => run(passArgv(pass, names), lengthSec(pass)),
    (decoding, dir) => {
      const files = pass.encodes.map((encode, index) => ({
        path: join(dir, outputName(encode, index)),
        encode,
      }))
      return useFiles(files, decoding)
    },
  )
}

/** Of the longest file of a pass, in seconds. */
export function lengthSec({ encodes }: Pass): number {
  return Math.max(...encodes.map(({ expected }) => expected.durationSec))
}
