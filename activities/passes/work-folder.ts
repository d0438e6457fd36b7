import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, isDiskFull } from '../../src/errors.js'
import { loadFont } from '../../src/jobs/assets/fonts/read-font.js'
import { renameFont } from '../../src/jobs/assets/fonts/rename-font.js'
import { requireRoom } from '../../src/jobs/disk-budget.js'
import { attemptFolder } from '../../src/jobs/keys.js'
import { readStored } from '../../src/jobs/stored-files.js'
import type { DecodeReport } from '../../src/media/decoding/decode-report.js'
import { drawPicture } from '../../src/media/pictures/draw.js'
import { STORAGE_FULL } from '../../src/media/process/classify-exit.js'
import type { FfmpegProgress } from '../../src/media/process/progress.js'
import { runFfmpeg } from '../../src/media/process/run-ffmpeg.js'
import { soundRuns } from '../../src/plan/argv/sound-argv.js'
import { cubeFile } from '../../src/plan/colour/cube-file.js'
import type { PassWork } from '../../src/plan/model/plan.js'
import { inputName } from '../../src/plan/model/work-files.js'
import type { ActivityDeps } from '../deps.js'

export type ExecutionDeps = Pick<ActivityDeps, 'storage' | 'workFolders' | 'ffmpeg' | 'minFreeDiskBytes'>

/** Cancellation and progress of one activity attempt. */
export interface Attempt {
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
  /** Called when ffmpeg has done all of its work. The work that follows is light. */
  readonly onEncoded?: () => void
}

export interface Execution<Work extends PassWork> extends Attempt {
  readonly jobId: string
  readonly pass: Work
  /** Estimate of what the pass is going to write; 0 when it is absent. */
  readonly neededBytes?: number
  /** See FfmpegRun. */
  readonly isShort?: boolean
}

/** The work folder of one attempt. */
export interface WorkFolder {
  readonly dir: string
  /** Runs ffmpeg in the folder. `onProgress` is that of the attempt by default. */
  readonly run: (
    argv: readonly string[],
    expectedSec: number,
    onProgress?: Attempt['onProgress'],
  ) => Promise<DecodeReport>
}

/** Like inWorkFolder, with the side files and fonts of the pass in the folder. */
export async function inPassFolder<Encoded, Result>(
  deps: ExecutionDeps,
  execution: Execution<PassWork>,
  encode: (folder: WorkFolder) => Promise<Encoded>,
  use: (encoded: Encoded, dir: string) => Promise<Result>,
): Promise<Result> {
  const prepared = async (folder: WorkFolder) => {
    await writeSideFiles(folder.dir, execution.pass)
    await writeColourTables(folder.dir, execution.pass)
    await writeFonts(deps, folder.dir, execution.pass)
    return encode(folder)
  }
  return inWorkFolder(deps, execution, prepared, use)
}

/** Some muxers and filters let ffmpeg end well though the disk had no room for their output. Then less than this is left. */
const MIN_LEFT_BYTES = 1024 * 1024

/**
 * Works in a folder that belongs to this attempt alone and has the inputs under the names that the arguments use.
 * First `encode` runs ffmpeg, once or several times; then `use` does what is light. The folder is gone afterwards,
 * whatever happens.
 * @throws AppError `disk-full` when there is no room for what is needed or for what is written
 */
export async function inWorkFolder<Encoded, Result>(
  deps: ExecutionDeps,
  execution: Execution<PassWork>,
  encode: (folder: WorkFolder) => Promise<Encoded>,
  use: (encoded: Encoded, dir: string) => Promise<Result>,
): Promise<Result> {
  const { storage, workFolders, ffmpeg } = deps
  const { jobId, pass, signal, neededBytes = 0, isShort = false } = execution
  const maxFileBytes = await requireRoom(deps, neededBytes)
  const folder = attemptFolder(jobId, pass.name)
  const cwd = await workFolders.create(folder)
  const run: WorkFolder['run'] = async (argv, expectedSec, onProgress = execution.onProgress) => {
    const expectedUs = expectedSec * 1e6
    const report = await runFfmpeg(ffmpeg, {
      argv,
      cwd,
      signal,
      onProgress,
      expectedUs,
      isShort,
      maxFileBytes,
    })
    if ((await workFolders.freeBytes()) < MIN_LEFT_BYTES) throw new AppError('disk-full', STORAGE_FULL)
    return report
  }
  try {
    for (const [index, { key, drawn }] of pass.inputs.entries()) {
      const path = join(cwd, inputName(index))
      await storage.fetch(key, drawn ? `${path}-file` : path)
      if (drawn) await drawPicture(ffmpeg, drawn, { from: `${path}-file`, to: path, signal })
    }
    for (const { argv, durationSec } of soundRuns(pass)) await run(argv, durationSec, () => undefined)
    const encoded = await encode({ dir: cwd, run })
    execution.onEncoded?.()
    return await use(encoded, cwd)
  } catch (error) {
    throw isDiskFull(error) ? new AppError('disk-full', STORAGE_FULL, { cause: error }) : error
  } finally {
    await workFolders.remove(folder)
  }
}

export async function writeSideFiles(dir: string, { sideFiles }: PassWork): Promise<void> {
  for (const { name, contents } of sideFiles) await writeFile(join(dir, name), contents)
}

export async function writeColourTables(dir: string, { colourTables = [] }: PassWork): Promise<void> {
  for (const { name, map } of colourTables) await writeFile(join(dir, name), cubeFile(map))
}

async function writeFonts(deps: ExecutionDeps, dir: string, { fonts = [] }: PassWork): Promise<void> {
  for (const { folder, key } of fonts) {
    const font = await loadFont((maxBytes) => readStored(deps, key, maxBytes))
    await mkdir(join(dir, folder))
    await writeFile(join(dir, folder, 'font'), renameFont(font))
  }
}
