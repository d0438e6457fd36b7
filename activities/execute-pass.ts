import { randomUUID } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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

export interface Execution<Work extends PassWork> {
  readonly jobId: string
  readonly pass: Work
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
  /** Called when ffmpeg has done all that it is to do; what follows is light. */
  readonly onEncoded?: () => void
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
  return inPassFolder(deps, execution, async (dir) => {
    const names = pass.encodes.map(outputName)
    const decoding = await run(deps, execution, dir, passArgv(pass, names), lengthSec(pass))
    execution.onEncoded?.()
    const files = pass.encodes.map((encode, index) => ({
      path: join(dir, outputName(encode, index)),
      encode,
    }))
    return useFiles(files, decoding)
  })
}

/** A work folder with all that a pass reads. */
export async function inPassFolder<Result>(
  deps: ExecutionDeps,
  execution: Execution<PassWork>,
  work: (dir: string) => Promise<Result>,
): Promise<Result> {
  return inWorkspace(deps, execution, async (dir) => {
    await writeSideFiles(dir, execution.pass)
    await writeFonts(deps, dir, execution.pass)
    return work(dir)
  })
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
  return inPassFolder(deps, execution, async (dir) => {
    await takeOver(deps, execution, dir)
    const output = `output.${pass.container}`
    await run(deps, execution, dir, assemblyArgv(pass, output), pass.expected.durationSec)
    execution.onEncoded?.()
    return useFile(join(dir, output))
  })
}

/** Copies what is taken over from the source, and makes one header for all parts. */
async function takeOver(
  deps: ExecutionDeps,
  { pass, signal, ...execution }: Execution<Assembly>,
  dir: string,
): Promise<void> {
  const silent = { ...execution, pass, signal, onProgress: () => undefined }
  for (const { argv, durationSec } of copyRuns(pass)) await run(deps, silent, dir, argv, durationSec)
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
  return inWorkspace(deps, execution, async (dir) => {
    const folder = join(dir, OUTPUT_FOLDER)
    await mkdir(folder)
    await run(deps, execution, dir, derivedArgv(pass, OUTPUT_FOLDER), pass.durationSec)
    execution.onEncoded?.()
    await writeSideFiles(folder, pass)
    return useFolder(folder)
  })
}

const FULL = 'The storage was full while rendering.'

/**
 * A folder of this attempt alone, in which the inputs appear under the names that the arguments use.
 * @throws AppError `disk-full` when the system has no room for what is written there
 */
export async function inWorkspace<Result>(
  { storage }: ExecutionDeps,
  { jobId, pass }: Execution<PassWork>,
  work: (dir: string) => Promise<Result>,
): Promise<Result> {
  const workspace = `${jobId}/${pass.name}.${randomUUID()}`
  const dir = await storage.workspace(workspace)
  try {
    for (const [index, { key }] of pass.inputs.entries()) {
      await symlink(await storage.localPath(key), join(dir, inputName(index)))
    }
    return await work(dir)
  } catch (error) {
    throw isDiskFull(error) ? new AppError('disk-full', FULL, { cause: error }) : error
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

/** ffmpeg ends well when the disk had no room for what some muxers and filters write. Then less than this is left. */
const MIN_LEFT_BYTES = 1024 * 1024

export async function run(
  { ffmpeg, storage, minFreeDiskBytes }: ExecutionDeps,
  { signal, onProgress }: Execution<PassWork>,
  cwd: string,
  argv: readonly string[],
  expectedSec: number,
): Promise<DecodeReport> {
  const maxFileBytes = (await storage.freeBytes()) - minFreeDiskBytes
  const report = await runFfmpeg(ffmpeg, {
    argv,
    cwd,
    signal,
    onProgress,
    expectedUs: expectedSec * 1e6,
    maxFileBytes,
  })
  if ((await storage.freeBytes()) < MIN_LEFT_BYTES) throw new AppError('disk-full', FULL)
  return report
}
