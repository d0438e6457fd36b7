import type { OverlayOperation } from '../../edit/operations/overlay.js'
import type { ErrorCode } from '../../errors.js'
import type { MeasuredLoudness } from '../../plan/loudness/find-setting.js'
import type { DecodeTally } from '../decode-tally.js'
import type { JobId, Output, PassRow } from '../model.js'

export interface PassesRepository {
  list(jobId: JobId): Promise<PassRow[]>
  listForJobs(jobIds: readonly JobId[]): Promise<PassRow[]>
  /**
   * Marks the attempt as running; sets the job's renderStartedAt once. Returns the row as it was before; null: as many
   * other passes of the owner run as may (`mostOfOwner`; null or absent: any number), and this one is not begun.
   */
  begin(
    jobId: JobId,
    name: string,
    attempt: PassAttempt,
    mostOfOwner?: number | null,
  ): Promise<PassRow | null>
  /**
   * Writes the progress (0–1) of a running pass and the job's percentage: the cost-weighted sum, at most 99, which
   * never falls. Nothing changes if another attempt has begun since.
   */
  report(
    jobId: JobId,
    name: string,
    attempt: PassAttempt,
    progress: { done: number; speed: number | null },
  ): Promise<void>
  /** Completes the pass, records its outputs with their overlays (idempotent by job and name), updates progress. */
  complete(jobId: JobId, name: string, outputs: readonly Output[], details?: PassDetails): Promise<void>
  /** What `complete` recorded about the decoding for an output, from every pass that makes a part of it. */
  listDecoded(jobId: JobId, outputName: string): Promise<DecodeTally[]>
  /** Completes a measurement. Its first result stands. */
  completeMeasurement(jobId: JobId, name: string, measured: MeasuredLoudness): Promise<void>
  /** Results of the completed measurements, by name of the pass. */
  listMeasured(jobId: JobId): Promise<ReadonlyMap<string, MeasuredLoudness>>
  /**
   * Notes a failure, unless another attempt has begun since, which a worker that was suspended does not know. Returns
   * how often the work itself has failed: outages and dead workers do not count.
   */
  fail(jobId: JobId, name: string, attempt: PassAttempt, errorCode: ErrorCode): Promise<number>
}

export interface PassDetails {
  /** Overlays on the outputs; absent: none. */
  readonly overlays?: readonly OverlayOperation[]
  /** How well the sources could be decoded; absent: nothing was decoded this time. */
  readonly decoding?: DecodeTally | undefined
}

/** One attempt to run a pass, by Temporal's count, and its worker. */
export interface PassAttempt {
  readonly number: number
  readonly worker: string
}
