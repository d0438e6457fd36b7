import type { OverlayOperation } from '../../edit/operations/overlay.js'
import type { ErrorCode } from '../../errors.js'
import type { MeasuredLoudness } from '../../plan/loudness/find-setting.js'
import type { DecodeTally } from '../decode-tally.js'
import type { JobId, Output, PassRow } from '../model.js'

export interface PassesRepository {
  list(jobId: JobId): Promise<PassRow[]>
  listForJobs(jobIds: readonly JobId[]): Promise<PassRow[]>
  /** Marks the attempt as running; sets the job's renderStartedAt once. Returns the row as it was before. */
  begin(jobId: JobId, name: string, attempt: PassAttempt): Promise<PassRow>
  /**
   * Progress 0–1 of a running pass, and the job's percentage: the cost-weighted sum, at most 99, never back. Nothing
   * changes when another attempt has begun since.
   */
  report(
    jobId: JobId,
    name: string,
    attempt: PassAttempt,
    progress: { done: number; speed: number | null },
  ): Promise<void>
  /** Completes the pass, records its outputs with their overlays (idempotent by job and name), updates progress. */
  complete(jobId: JobId, name: string, outputs: readonly Output[], details?: PassDetails): Promise<void>
  /** What `complete` was told of the decoding for an output, by all passes that make a part of it. */
  listDecoded(jobId: JobId, outputName: string): Promise<DecodeTally[]>
  completeMeasurement(jobId: JobId, name: string, measured: MeasuredLoudness): Promise<void>
  /** What the measurements that `completeMeasurement` completed have found out, by name. The first one wins. */
  listMeasured(jobId: JobId): Promise<ReadonlyMap<string, MeasuredLoudness>>
  /**
   * Notes a failure, unless another attempt has begun since: a worker that slept does not know of it. Returns how many
   * there were of the work itself: outages and dead workers do not count.
   */
  fail(jobId: JobId, name: string, attempt: PassAttempt, errorCode: ErrorCode): Promise<number>
}

export interface PassDetails {
  /** Overlays that are on the outputs; absent: none. */
  readonly overlays?: readonly OverlayOperation[]
  /** How the sources could be decoded; absent: nothing was decoded this time. */
  readonly decoding?: DecodeTally | undefined
}

/** Who runs a pass: the attempt by Temporal's count, and its worker. */
export interface PassAttempt {
  readonly number: number
  readonly worker: string
}
