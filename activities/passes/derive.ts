import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, assertNever } from '../../src/errors.js'
import type { Job } from '../../src/jobs/model.js'
import { derivedArgv } from '../../src/plan/argv/derived-argv.js'
import type { DerivedPass, PlannedOutput } from '../../src/plan/model/plan.js'
import { imageName } from '../../src/plan/model/work-files.js'
import type { ActivityDeps } from '../deps.js'
import { describeDerived } from './describe-output.js'
import { replaceManifests } from './replace-manifests.js'
import { inputBytes } from './stored-files.js'
import { requireWholeSegments } from './whole-segments.js'
import {
  type Attempt,
  type Execution,
  type ExecutionDeps,
  inWorkFolder,
  writeColourTables,
  writeSideFiles,
} from './work-folder.js'

interface Derivation extends Attempt {
  readonly job: Job
  readonly pass: DerivedPass
  readonly outputs: readonly PlannedOutput[]
}

/** Makes the pictures or segments of a pass unless they are there, and records them. */
export async function renderDerived(deps: ActivityDeps, derivation: Derivation): Promise<void> {
  const { repositories, storage } = deps
  const { job, pass, outputs, signal } = derivation
  const [first] = outputs
  if (!first) throw new AppError('internal', `The pass ${pass.name} has no output.`)
  if (!(await storage.stat(first.key))) {
    const neededBytes = pass.files.form === 'segments' ? await inputBytes(deps, pass) : 0
    await executeDerivedPass(deps, { ...derivation, jobId: job.id, neededBytes }, async (folder) => {
      const made = await finishDerived(pass, folder)
      signal.throwIfAborted()
      if (first.folder) await storage.putFolder(first.folder, folder)
      else await storage.putFile(first.key, made, 'if-absent')
    })
  }
  const records = await Promise.all(
    outputs.map((output) => describeDerived(deps, job, output, durationOf(pass))),
  )
  await repositories.passes.complete(job.id, pass.name, records)
}

function durationOf({ files, durationSec }: DerivedPass): number {
  return files.form === 'segments' ? durationSec : 0
}

/**
 * Checks what ffmpeg has made and adds what ffmpeg cannot make. Returns the path of the main file.
 * @throws AppError `output-invalid`
 */
export async function finishDerived({ files }: DerivedPass, folder: string): Promise<string> {
  switch (files.form) {
    case 'best-image':
      return largestFile(folder)
    case 'image':
      return requireFile(join(folder, 'image.png'))
    case 'images':
      return requireFile(join(folder, imageName(files.stem, files.count - 1)))
    case 'segments':
      await requireWholeSegments(folder)
      await replaceManifests(folder, files)
      return requireFile(join(folder, 'manifest.mpd'))
    default:
      return assertNever(files)
  }
}

export async function largestFile(folder: string): Promise<string> {
  const paths = (await readdir(folder)).sort().map((name) => join(folder, name))
  const sizes = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })))
  const [best] = sizes.sort((a, b) => b.size - a.size)
  if (!best) throw new AppError('output-invalid', 'No picture could be taken from the file.')
  return best.path
}

async function requireFile(path: string): Promise<string> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  )
  if (size === 0)
    throw new AppError('output-invalid', 'Fewer pictures than planned could be taken from the file.')
  return path
}

const OUTPUT_FOLDER = 'output'

/** Runs a derived pass and hands on the folder with what it has made and with its side files. */
export async function executeDerivedPass<Result>(
  deps: ExecutionDeps,
  execution: Execution<DerivedPass>,
  useFolder: (path: string) => Promise<Result>,
): Promise<Result> {
  const { pass } = execution
  return inWorkFolder(
    deps,
    execution,
    async ({ dir, run }) => {
      await mkdir(join(dir, OUTPUT_FOLDER))
      await writeColourTables(dir, pass)
      await run(derivedArgv(pass, OUTPUT_FOLDER), pass.durationSec)
    },
    async (_, dir) => {
      const folder = join(dir, OUTPUT_FOLDER)
      await writeSideFiles(folder, pass)
      return useFolder(folder)
    },
  )
}
