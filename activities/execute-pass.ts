import { randomUUID } from 'node:crypto'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FfmpegProgress } from '../src/media/progress.js'
import { runFfmpeg } from '../src/media/run-ffmpeg.js'
import { inputName, passArgv } from '../src/plan/argv.js'
import type { Pass } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'

interface Execution {
  readonly jobId: string
  readonly pass: Pass
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
}

/**
 * Runs a pass in a folder of this attempt alone, hands its file on, and removes the folder: after a failure or
 * a cancellation nothing is left. Inputs appear in the folder under the names that the arguments use.
 */
export async function executePass<Result>(
  { storage, ffmpeg }: Pick<ActivityDeps, 'storage' | 'ffmpeg'>,
  { jobId, pass, signal, onProgress }: Execution,
  useFile: (path: string) => Promise<Result>,
): Promise<Result> {
  const workspace = `${jobId}/${pass.name}.${randomUUID()}`
  const dir = await storage.workspace(workspace)
  try {
    for (const [index, { key }] of pass.inputs.entries()) {
      await symlink(await storage.localPath(key), join(dir, inputName(index)))
    }
    for (const { name, contents } of pass.sideFiles) await writeFile(join(dir, name), contents)
    const output = `output.${pass.encode.container}`
    await runFfmpeg(ffmpeg, {
      argv: passArgv(pass, output),
      cwd: dir,
      signal,
      onProgress,
      expectedUs: pass.encode.expected.durationSec * 1e6,
    })
    return await useFile(join(dir, output))
  } finally {
    await storage.removeWorkspace(workspace)
  }
}
