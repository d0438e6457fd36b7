import { assertNever } from '../../errors.js'
import { isFinal, type Job } from '../model.js'

/** Ages after which files are removed. */
export interface Retention {
  /** Hours since the last byte of an upload that has stopped arriving. */
  readonly incomingMaxAgeHours: number
  /** Hours for which the finished parts of a failed job are kept for a retry. */
  readonly failedPartsMaxAgeHours: number
  /** Days for which the outputs of an ended job are kept; null: for ever. */
  readonly outputDays: number | null
}

/** A folder that may have been left behind. */
export interface Leftover {
  readonly kind: 'incoming' | 'work' | 'parts'
  /** Time of the newest thing in the folder. */
  readonly modifiedAt: Date
  /** The job that the folder belongs to; null: it belongs to none, or the job is gone. */
  readonly job: Pick<Job, 'status' | 'finishedAt'> | null
}

/** A process may still work on a job for this long after its end without knowing of it. */
export const GRACE_HOURS = 1

/** Grace for an operator who restored an old database: files that it does not know are kept for this long. */
const ORPHAN_HOURS = 7 * 24

/**
 * Whether a file without a row was left by a process that died before it wrote the row, or did not learn whether the
 * row was written.
 */
export function isOrphan(modifiedAt: Date, now: Date): boolean {
  return hoursBetween(modifiedAt, now) >= ORPHAN_HOURS
}

/** Whether the folder is no longer needed. Folders of jobs that have not ended always are. */
export function isGarbage({ kind, modifiedAt, job }: Leftover, retention: Retention, now: Date): boolean {
  const restHours = hoursBetween(modifiedAt, now)
  if (kind === 'incoming') return restHours >= retention.incomingMaxAgeHours
  if (restHours < GRACE_HOURS) return false
  if (!job) return true
  if (!isFinal(job.status) || !job.finishedAt) return false
  const endedHours = hoursBetween(job.finishedAt, now)
  switch (kind) {
    case 'work':
      return endedHours >= GRACE_HOURS
    case 'parts':
      return endedHours >= (job.status === 'failed' ? retention.failedPartsMaxAgeHours : GRACE_HOURS)
    default:
      return assertNever(kind)
  }
}

/**
 * Whether what lies among the outputs of a job without a row is to be removed: the job failed or was cancelled so long
 * ago that an operator who restored an old database, in which it had not completed yet, would have noticed.
 * @param modifiedAt when something was last put among the outputs
 */
export function isLate(
  modifiedAt: Date,
  { status, finishedAt }: Pick<Job, 'status' | 'finishedAt'>,
  now: Date,
): boolean {
  if (!isFinal(status) || status === 'completed' || !finishedAt) return false
  return isOrphan(modifiedAt, now) && finishedAt <= orphanLimit(now)
}

/** What is without a row since before this moment is removed. */
export function orphanLimit(now: Date): Date {
  return new Date(now.getTime() - ORPHAN_HOURS * HOUR_MS)
}

/** Jobs that ended before this moment lose their outputs; null: outputs are kept for ever. */
export function expiryLimit({ outputDays }: Retention, now: Date): Date | null {
  return outputDays === null ? null : new Date(now.getTime() - outputDays * 24 * HOUR_MS)
}

const HOUR_MS = 3_600_000

function hoursBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / HOUR_MS
}
