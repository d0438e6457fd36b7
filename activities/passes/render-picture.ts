import { readFile } from 'node:fs/promises'
import { AppError } from '../../src/errors.js'
import { requestFolder } from '../../src/jobs/keys.js'
import type { Pass } from '../../src/plan/model/plan.js'
import { executePass } from './render.js'
import type { ExecutionDeps } from './work-folder.js'

const NOTHING = Buffer.alloc(0)

/**
 * Runs the pass of one picture for a request, and reads the picture. Nothing is left on the disk.
 * @throws AppError `output-invalid`, and those of executePass; the signal's reason after an abort
 */
export async function renderPicture(deps: ExecutionDeps, pass: Pass, signal: AbortSignal): Promise<Buffer> {
  // Not named for a job, so that it is known as that of a request if this process dies.
  const jobId = requestFolder()
  const onProgress = () => undefined
  try {
    return await executePass(deps, { jobId, pass, signal, onProgress, isShort: true }, async ([file]) => {
      // ffmpeg ends well without a file where no frame has come.
      const picture = file ? await readFile(file.path).catch(() => NOTHING) : NOTHING
      if (picture.length === 0) throw new AppError('output-invalid', 'ffmpeg has made no picture.')
      return picture
    })
  } finally {
    await deps.workFolders.remove(jobId)
  }
}
