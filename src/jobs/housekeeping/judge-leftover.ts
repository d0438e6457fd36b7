import { assertNever } from '../../errors.js'
import { isFinal, type Job } from '../model.js'

/** Ages after which things go. */
export interface Retention {
  /** Hours since the last byte of an upload that has come no further. */
  readonly incomingMaxAgeHours: number
  /** Hours that the finished parts of a failed job are there for a retry. */
  readonly failedPartsMaxAgeHours: number
  /** Days that the outputs of an ended job stay; null: for ever. */
  readonly outputDays: number | null
}

/** A folder that may have been left behind. */
export interface Leftover {
  readonly kind: 'incoming' | 'work' | 'parts'
  /** Of the newest thing in it. */
  readonly modifiedAt: Date
  /** The job that it belongs to; null: there is none, or it is gone. */
  readonly job: Pick<Job, 'status' | 'finishedAt'> | null
}

/** What has just ended, or just begun, may still be in the hands of a process that does not know it yet. */
export const GRACE_HOURS = 1

/** As long a restored older database may be mended in, before files that only a newer one knows are gone. */
const ORPHAN_HOURS = 7 * 24

/** Whether a file without a row was left by a process that died between the two, or did not learn what became of the row. */
export function isOrphan(modifiedAt: Date, now: Date): boolean {
  return hoursBetween(modifiedAt, now) >= ORPHAN_HOURS
}

/** Whether nobody needs the folder any more. Never so for a job that has not ended. */
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

/** So much the clocks of the database and of the storage may differ. */
const CLOCKS_DIFFER_HOURS = 1 / 60

/**
 * Whether something was put among the outputs of a job that had failed or been cancelled: by an attempt that outlived
 * it, as its end leaves nothing there that no row names.
 * @param modifiedAt when something was last put there
 */
export function isLate(
  modifiedAt: Date,
  { status, finishedAt }: Pick<Job, 'status' | 'finishedAt'>,
  now: Date,
): boolean {
  if (!isFinal(status) || status === 'completed' || !finishedAt) return false
  if (hoursBetween(modifiedAt, now) < GRACE_HOURS || hoursBetween(finishedAt, now) < GRACE_HOURS) return false
  return hoursBetween(finishedAt, modifiedAt) > -CLOCKS_DIFFER_HOURS
}

/** What ended before this moment is in nobody's hands. */
export function graceLimit(now: Date): Date {
  return new Date(now.getTime() - GRACE_HOURS * HOUR_MS)
}

/** Jobs that ended before this moment lose their outputs; null: none does. */
export function expiryLimit({ outputDays }: Retention, now: Date): Date | null {
  return outputDays === null ? null : new Date(now.getTime() - outputDays * 24 * HOUR_MS)
}

const HOUR_MS = 3_600_000

function hoursBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / HOUR_MS
}
