import type { Logger } from 'pino'
import type { JobId } from '../../src/jobs/model.js'
import type { PassAttempt, PassesRepository } from '../../src/jobs/ports/repositories.js'
import type { FfmpegProgress } from '../../src/media/process/progress.js'

/** Least time between two writes to the row of a pass. */
const WRITE_INTERVAL_MS = 1000

interface ReportedPass {
  readonly jobId: JobId
  readonly passName: string
  readonly attempt: PassAttempt
  readonly expectedUs: number
}

/**
 * Writes the progress of a pass to its row, at most once a second and one write at a time. While the database is
 * away the encode goes on, and the next report tries again.
 */
export function createProgressWriter(
  passes: PassesRepository,
  { jobId, passName, attempt, expectedUs }: ReportedPass,
  log: Logger,
): (progress: FfmpegProgress) => void {
  let isWriting = false
  let nextWriteAt = 0
  return ({ outTimeUs, speed }) => {
    const now = performance.now()
    if (isWriting || now < nextWriteAt) return
    isWriting = true
    nextWriteAt = now + WRITE_INTERVAL_MS
    const done = Math.min(1, outTimeUs / expectedUs)
    passes
      .report(jobId, passName, attempt, { done, speed })
      .catch((error: unknown) => log.warn({ err: error, jobId, passName }, 'progress not written'))
      .finally(() => {
        isWriting = false
      })
  }
}
