import { join } from 'node:path'
import { mergeTallies } from '../../src/jobs/decode-tally.js'
import type { Job } from '../../src/jobs/model.js'
import { unifyHeaders } from '../../src/media/mp4/unify-headers.js'
import { verifyOutput } from '../../src/media/packets/verify-output.js'
import { assemblyArgv } from '../../src/plan/argv/assembly-argv.js'
import { copyRuns } from '../../src/plan/argv/copy-argv.js'
import type { Assembly, PlannedOutput } from '../../src/plan/model/plan.js'
import { HEAD_FILE, inputName } from '../../src/plan/model/work-files.js'
import type { ActivityDeps } from '../deps.js'
import { type MeasuredFile, measureFile } from './describe-output.js'
import { judgeDamage } from './judge-damage.js'
import { recordOutputs } from './record-outputs.js'
import { inputBytes, isStored } from './stored-files.js'
import {
  type Attempt,
  type Execution,
  type ExecutionDeps,
  inPassFolder,
  type WorkFolder,
} from './work-folder.js'

interface Assembling extends Attempt {
  readonly job: Job
  readonly pass: Assembly
  /** The output that the pass makes. */
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
    await judgeDamage(deps, job, mergeTallies(tallies))
    await executeAssembly(deps, { ...assembling, jobId: job.id, neededBytes }, async (file) => {
      const found = await measureFile(deps, file, pass.container, signal)
      verifyOutput(found.facts, pass.expected)
      signal.throwIfAborted()
      if (await storage.putFile(pass.key, file, 'if-absent')) measured.set(pass.key, found)
    })
  }
  await recordOutputs(deps, job, { passName: pass.name, outputs: [output], measured })
}

/** Joins parts and hands the file on. */
export async function executeAssembly<Result>(
  deps: ExecutionDeps,
  execution: Execution<Assembly>,
  useFile: (path: string) => Promise<Result>,
): Promise<Result> {
  const { pass } = execution
  const output = `output.${pass.container}`
  return inPassFolder(
    deps,
    execution,
    async (folder) => {
      await copyFromSource(folder, pass)
      await folder.run(assemblyArgv(pass, output), pass.expected.durationSec)
    },
    (_, dir) => useFile(join(dir, output)),
  )
}

/** Copies the frames that are kept as they are from the source, and makes one header for all parts. */
async function copyFromSource({ dir, run }: WorkFolder, pass: Assembly): Promise<void> {
  for (const { argv, durationSec } of copyRuns(pass)) await run(argv, durationSec, () => undefined)
  const { copies } = pass
  if (!copies || copies.head === null) return
  const parts = pass.inputs.slice(0, copies.encodedParts).map((_, index) => inputName(index))
  const others = [...parts, ...copies.pictures.map(({ file }) => file)].filter((file) => file !== copies.head)
  await unifyHeaders([join(dir, copies.head), ...others.map((file) => join(dir, file))], join(dir, HEAD_FILE))
}
