import { join } from 'node:path'
import { asAppError } from '../../src/errors.js'
import type { Job } from '../../src/jobs/model.js'
import type { DecodeReport } from '../../src/media/decoding/decode-report.js'
import { tallyDecode } from '../../src/media/decoding/tally-decode.js'
import { measureOutput } from '../../src/media/packets/measure-output.js'
import { verifyOutput } from '../../src/media/packets/verify-output.js'
import { passArgv } from '../../src/plan/argv/pass-argv.js'
import { withoutSeeks } from '../../src/plan/inputs/without-seeks.js'
import { fillMeasured } from '../../src/plan/loudness/fill-measured.js'
import { measuredNames } from '../../src/plan/loudness/needed-measurements.js'
import type { Encode, Pass, PlannedOutput } from '../../src/plan/model/plan.js'
import { outputName } from '../../src/plan/model/work-files.js'
import { estimatePassBytes } from '../../src/plan/renditions/file-size.js'
import type { ActivityDeps } from '../deps.js'
import { type MeasuredFile, measureFile } from './describe-output.js'
import { judgeDamage } from './judge-damage.js'
import { type Finished, recordOutputs } from './record-outputs.js'
import { isStored } from './stored-files.js'
import { type Attempt, type Execution, type ExecutionDeps, inPassFolder } from './work-folder.js'

interface Rendering extends Attempt {
  readonly job: Job
  readonly pass: Pass
  /** Outputs that the pass makes, whole or in parts. */
  readonly outputs: readonly PlannedOutput[]
}

/** Renders the files of a pass unless they are there, and records those that the job hands out. */
export async function renderFiles(deps: ActivityDeps, rendering: Rendering): Promise<void> {
  const { job, pass, outputs } = rendering
  // An attempt that died after it had put its files into place has done the work already.
  const isDone = (await isStored(deps, keysOf(pass.encodes))) || (await isStored(deps, keysOf(outputs)))
  const rendered = isDone ? undefined : await render(deps, rendering)
  const made = outputs.filter(({ passName }) => passName === pass.name)
  await recordOutputs(deps, job, { passName: pass.name, outputs: made, ...rendered })
}

async function render(deps: ActivityDeps, rendering: Rendering): Promise<Finished> {
  const { job, pass, signal } = rendering
  const isMeasured = measuredNames(pass.graph).size > 0
  const settings = isMeasured ? await deps.repositories.passes.listMeasured(job.id) : new Map()
  const graph = fillMeasured(pass.graph, settings)
  const neededBytes = estimatePassBytes(pass)
  const execution = { ...rendering, jobId: job.id, pass: { ...pass, graph }, neededBytes }
  return executePass(deps, execution, async (files, report) => {
    const decoding = tallyDecode(report, pass)
    // When sources are decoded in parts, only all parts together show how much of them is bad: see assemble.ts.
    if (!pass.encodes[0].isPart) await judgeDamage(deps, job, decoding)
    const found = await Promise.all(files.map((file) => verify(deps, file, signal)))
    signal.throwIfAborted()
    return { decoding, measured: await place(deps, files, found) }
  })
}

/** Returns what was found out about a file that the job hands out; null for a part of one. */
async function verify(
  deps: ActivityDeps,
  { path, encode: { container, expected, isPart } }: EncodedFile,
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

/** Puts files into place. Returns what was found out about those that were not there yet, by key. */
async function place(
  { storage }: ActivityDeps,
  files: readonly EncodedFile[],
  found: readonly (MeasuredFile | null)[],
): Promise<ReadonlyMap<string, MeasuredFile>> {
  const placed = await Promise.all(
    files.map(async ({ path, encode: { key } }, index) => {
      // The first attempt to finish wins: a late one cannot replace what users may be reading.
      const isPlaced = await storage.putFile(key, path, 'if-absent')
      const file = found[index]
      return isPlaced && file ? [[key, file] as const] : []
    }),
  )
  return new Map(placed.flat())
}

function keysOf(files: readonly { readonly key: string }[]): string[] {
  return files.map(({ key }) => key)
}

/** A file that a pass has made, in its work folder. */
export interface EncodedFile {
  readonly path: string
  readonly encode: Encode
}

/** Runs a pass and hands its files on. Nothing is left afterwards, nor after a failure or a cancellation. */
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
    ({ run }) => decodeSoundly(pass, (one) => run(passArgv(one, names), renderedSec(one))),
    (decoding, dir) => {
      const files = pass.encodes.map((encode, index) => ({
        path: join(dir, outputName(encode, index)),
        encode,
      }))
      return useFiles(files, decoding)
    },
  )
}

/**
 * Runs a pass, and once more from the start of its sources if it decodes them with complaints behind a seek: what a
 * decoder has learned before is unknown there, and only what is damaged from the start is damaged.
 */
async function decodeSoundly(pass: Pass, run: (pass: Pass) => Promise<DecodeReport>): Promise<DecodeReport> {
  const rewound = withoutSeeks(pass)
  if (rewound === null) return run(pass)
  const report = await run(pass).catch((error: unknown) => {
    if (asAppError(error).code === 'source-damaged') return null
    throw error
  })
  return report === null || report.complaints > 0 ? run(rewound) : report
}

/** Length of the longest file of a pass, in seconds. */
export function renderedSec({ encodes }: Pass): number {
  return Math.max(...encodes.map(({ expected }) => expected.durationSec))
}
