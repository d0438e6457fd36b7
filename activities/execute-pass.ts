import { randomUUID } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { requireRoom } from '../src/jobs/disk-budget.js'
import { STORAGE_FULL } from '../src/media/classify-exit.js'
import type { DecodeReport } from '../src/media/decode-report.js'
import { AppError, isDiskFull } from '../src/errors.js'
import { loadFont } from '../src/jobs/fonts/read-font.js'
import { renameFont } from '../src/jobs/fonts/rename-font.js'
import type { FfmpegProgress } from '../src/media/progress.js'
import { runFfmpeg } from '../src/media/run-ffmpeg.js'
import { unifyHeaders } from '../src/media/mp4/unify-headers.js'
import { assemblyArgv } from '../src/plan/argv/assembly-argv.js'
import { copyRuns } from '../src/plan/argv/copy-argv.js'
import { inputName } from '../src/plan/argv/input-args.js'
import { outputName, passArgv } from '../src/plan/argv/pass-argv.js'
import { HEAD_FILE } from '../src/plan/copy/splice.js'
import { derivedArgv } from '../src/plan/derive/derived-argv.js'
import type { Assembly, DerivedPass, Encode, Pass, PassWork } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'

export type ExecutionDeps = Pick<ActivityDeps, 'storage' | 'ffmpeg' | 'minFreeDiskBytes'>

/** What ties work to the attempt that it is done for. */
export interface Attempt {
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
  /** Called when ffmpeg has done all that it is to do; what follows is light. */
  readonly onEncoded?: () => void
}

export interface Execution<Work extends PassWork> extends Attempt {
  readonly jobId: string
  readonly pass: Work
  /** What it is going to write, by an estimate; by default it is not counted. */
  readonly neededBytes?: number
}

/** Of one attempt alone. */
export interface WorkFolder {
  readonly dir: string
  /** Runs ffmpeg in it. Its progress is that of the pass, unless it is given elsewhere. */
  readonly run: (
    argv: readonly string[],
    expectedSec: number,
    onProgress?: Attempt['onProgress'],
  ) => Promise<DecodeReport>
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

/** A work folder with all that a pass reads. */
export async function inPassFolder<Encoded, Result>(
  deps: ExecutionDeps,
  execution: Execution<PassWork>,
  encode: (folder: WorkFolder) => Promise<Encoded>,
  use: (encoded: Encoded, dir: string) => Promise<Result>,
): Promise<Result> {
  const prepared = async (folder: WorkFolder) => {
    await writeSideFiles(folder.dir, execution.pass)
    await writeFonts(deps, folder.dir, execution.pass)
    return encode(folder)
  }
  return inWorkspace(deps, execution, prepared, use)
}

/** Of the longest file of a pass, in seconds. */
export function lengthSec({ encodes }: Pass): number {
  return Math.max(...encodes.map(({ expected }) => expected.durationSec))
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
      await takeOver(folder, pass)
      await folder.run(assemblyArgv(pass, output), pass.expected.durationSec)
    },
    (_, dir) => useFile(join(dir, output)),
  )
}

/** Copies what is taken over from the source, and makes one header for all parts. */
async function takeOver({ dir, run }: WorkFolder, pass: Assembly): Promise<void> {
  for (const { argv, durationSec } of copyRuns(pass)) await run(argv, durationSec, () => undefined)
  const { copies } = pass
  if (!copies || copies.head === null) return
  const parts = pass.inputs.slice(0, copies.encodedParts).map((_, index) => inputName(index))
  const others = [...parts, ...copies.pictures.map(({ file }) => file)].filter((file) => file !== copies.head)
  await unifyHeaders([join(dir, copies.head), ...others.map((file) => join(dir, file))], join(dir, HEAD_FILE))
}

const OUTPUT_FOLDER = 'output'

/** Runs a derived pass and hands on the folder with what it has made; its side files lie there, too. */
export async function executeDerivedPass<Result>(
  deps: ExecutionDeps,
  execution: Execution<DerivedPass>,
  useFolder: (path: string) => Promise<Result>,
): Promise<Result> {
  const { pass } = execution
  return inWorkspace(
    deps,
    execution,
    async ({ dir, run }) => {
      await mkdir(join(dir, OUTPUT_FOLDER))
      await run(derivedArgv(pass, OUTPUT_FOLDER), pass.durationSec)
    },
    async (_, dir) => {
      const folder = join(dir, OUTPUT_FOLDER)
      await writeSideFiles(folder, pass)
      return useFolder(folder)
    },
  )
}

/** ffmpeg ends well when the disk had no room for what some muxers and filters write. Then less than this is left. */
const MIN_LEFT_BYTES = 1024 * 1024

/**
 * A folder of this attempt alone, in which the inputs appear under the names that the arguments use: first for
 * ffmpeg, in one run or several, and then for what is light. It is gone afterwards, whatever happens.
 * @throws AppError `disk-full` when the storage has no room for what is needed, or for what is written there
 */
export async function inWorkspace<Encoded, Result>(
  deps: ExecutionDeps,
  execution: Execution<PassWork>,
  encode: (folder: WorkFolder) => Promise<Encoded>,
  use: (encoded: Encoded, dir: string) => Promise<Result>,
): Promise<Result> {
  const { storage, ffmpeg } = deps
  const { jobId, pass, signal, neededBytes = 0 } = execution
  const maxFileBytes = await requireRoom(deps, neededBytes)
  const workspace = `${jobId}/${pass.name}.${randomUUID()}`
  const cwd = await storage.workspace(workspace)
  const run: WorkFolder['run'] = async (argv, expectedSec, onProgress = execution.onProgress) => {
    const expectedUs = expectedSec * 1e6
    const report = await runFfmpeg(ffmpeg, { argv, cwd, signal, onProgress, expectedUs, maxFileBytes })
    if ((await storage.freeBytes()) < MIN_LEFT_BYTES) throw new AppError('disk-full', STORAGE_FULL)
    return report
  }
  try {
    for (const [index, { key }] of pass.inputs.entries()) {
      await symlink(await storage.localPath(key), join(cwd, inputName(index)))
    }
    const encoded = await encode({ dir: cwd, run })
    execution.onEncoded?.()
    return await use(encoded, cwd)
  } catch (error) {
    throw isDiskFull(error) ? new AppError('disk-full', STORAGE_FULL, { cause: error }) : error
  } finally {
    await storage.removeWorkspace(workspace)
  }
}

async function writeSideFiles(dir: string, { sideFiles }: PassWork): Promise<void> {
  for (const { name, contents } of sideFiles) await writeFile(join(dir, name), contents)
}

async function writeFonts({ storage }: ExecutionDeps, dir: string, { fonts = [] }: PassWork): Promise<void> {
  for (const { folder, key } of fonts) {
    await mkdir(join(dir, folder))
    await writeFile(join(dir, folder, 'font'), renameFont(await loadFont(await storage.localPath(key))))
  }
}
