import type { Readable } from 'node:stream'
import type { AudioChoice } from '../edit/fields/audio-choice.js'
import type { Operation } from '../edit/operation.js'
import type { OutputRequest } from '../edit/output/output.js'
import type { PassKind, Warning } from '../plan/model/plan.js'
import type { KeyHolder } from './access/api-key.js'
import type {
  Asset,
  Job,
  JobId,
  JobType,
  JsonObject,
  Output,
  Owner,
  PassRow,
  Video,
  VideoId,
} from './model.js'
import type { Confinement } from './ports/confinement.js'
import type { Idempotency, JobCursor, JobFilter } from './ports/repositories.js'
import type { ByteRange, FileStats } from './ports/storage.js'

/** What src/http may ask of the application. Built by src/jobs/create-use-cases.ts. */
export interface UseCases {
  /** Whose API key that is. Throws `unauthenticated`. */
  authenticate(key: string): Promise<KeyHolder>

  /** Registers a received file as a video. Takes the file over: it is moved, or removed on any error. */
  acceptUpload(owner: Owner, file: ReceivedFile, idempotency: Idempotency | null): Promise<Accepted>
  listVideos(owner: Owner, page: { skip: number; limit: number }): Promise<{ videos: Video[]; total: number }>
  getVideo(owner: Owner, id: VideoId): Promise<Video>
  deleteVideo(owner: Owner, id: VideoId): Promise<void>
  openVideo(owner: Owner, id: VideoId): Promise<StoredFile>

  submitEdit(owner: Owner, request: EditRequest, idempotency: Idempotency | null): Promise<Accepted>
  /** What the edit would run and make; nothing is created. */
  previewEdit(owner: Owner, request: EditRequest): Promise<PlanPreview>
  listJobs(
    owner: Owner,
    filter: JobFilter,
    page: { limit: number; after: JobCursor | null },
  ): Promise<{ jobs: JobView[]; next: JobCursor | null }>
  getJob(owner: Owner, id: JobId): Promise<JobView>
  /** The job as it is, and a way to hear of what becomes of it. Throws `job-not-found`. */
  followJob(owner: Owner, id: JobId): Promise<FollowedJob>
  /** `already`: the job was cancelled before. Throws `job-finished` for a completed or failed one. */
  cancelJob(owner: Owner, id: JobId): Promise<{ job: JobView; already: boolean }>
  /** Runs a failed or cancelled job again, but for what it has finished. Throws `job-not-retryable`. */
  retryJob(owner: Owner, id: JobId): Promise<JobView>
  /** Deletes an ended job with its outputs. Throws `job-not-deletable`. */
  deleteJob(owner: Owner, id: JobId): Promise<void>
  /** The output of that name or quality, or the largest. Throws `job-not-completed`, `output-not-found`. */
  openOutput(owner: Owner, id: JobId, quality: string | null): Promise<StoredFile>

  /**
   * Takes the file over, like acceptUpload. With `mayRepeat` an asset of that name with the same bytes is the
   * answer to an earlier attempt. Throws `asset-exists`, `unsupported-media`.
   */
  createAsset(
    owner: Owner,
    name: string,
    file: ReceivedFile,
    options?: { readonly mayRepeat?: boolean },
  ): Promise<Asset>
  listAssets(owner: Owner): Promise<Asset[]>
  getAsset(owner: Owner, name: string): Promise<Asset>
  openAsset(owner: Owner, name: string): Promise<StoredFile>
  deleteAsset(owner: Owner, name: string): Promise<void>

  /** A file under `/uploads/<filename>`. */
  openUploadedFile(owner: Owner, filename: string): Promise<StoredFile>
  /** A file under `/processed/<job>/`: `<filename>` or `<folder>/<filename>`. */
  openProcessedFile(owner: Owner, jobId: JobId, path: string): Promise<StoredFile>

  /**
   * A new work folder for one incoming request of at most `maxBytes`. Throws `disk-full`.
   */
  createIncomingFolder(maxBytes: number): Promise<{ dir: string; remove: () => Promise<void> }>
  checkHealth(): Promise<HealthReport>
}

/** A file that has arrived whole, in a folder of createIncomingFolder. */
export interface ReceivedFile {
  readonly path: string
  readonly originalFilename: string
  readonly sizeBytes: number
  readonly sha256: string
}

export interface EditRequest {
  readonly type: Exclude<JobType, 'upload'>
  readonly videoId: VideoId
  readonly operations: readonly Operation[]
  readonly output: OutputRequest | null
  readonly audio?: AudioChoice | null
  readonly priority: number
  readonly metadata: JsonObject
  /** The request as the client sent it, with defaults, for `config`. */
  readonly config: JsonObject
}

export interface Accepted {
  readonly job: JobView
  /** false: the idempotency key was used before, and this is the job it made. */
  readonly created: boolean
}

export interface PlanPreview {
  readonly passes: readonly PassPreview[]
  readonly outputs: readonly OutputPreview[]
  readonly warnings: readonly Warning[]
}

export interface PassPreview {
  readonly name: string
  readonly kind: PassKind
  readonly summary: string
  /** Relative: megapixels to encode. */
  readonly cost: number
  /** Storage keys. */
  readonly inputs: readonly string[]
  readonly ffmpegArguments: readonly string[]
}

export interface OutputPreview {
  readonly name: string
  readonly quality: string | null
  readonly container: string
  readonly key: string
  readonly passName: string
  readonly durationSec: number | null
  readonly width: number | null
  readonly height: number | null
  /** null: the bit rate has no cap, or the size follows from other outputs. */
  readonly maxSizeBytes: number | null
}

export interface JobView {
  readonly job: Job
  readonly passes: readonly PassRow[]
  readonly outputs: readonly Output[]
  readonly etaSeconds: number | null
  /** Sum over the running passes. */
  readonly speed: number | null
  readonly temporalUiUrl: string | null
}

export interface FollowedJob {
  readonly view: JobView
  /**
   * Tells of the job whenever it may have changed, at least once and with the latest state alone; null: it is
   * gone. An outage of PostgreSQL only makes the news late. Returns how to stop, after which nothing is left.
   */
  readonly follow: (onNews: (view: JobView | null) => void) => () => void
}

export interface StoredFile extends FileStats {
  /** null when it is not known; then the ETag comes from size and time. */
  readonly sha256: string | null
  readonly contentType: string
  /** Name to save it under. */
  readonly downloadName: string
  /** Opens a part of it: see Store.openRange. */
  readonly open: (range: ByteRange) => Promise<Readable>
}

export interface HealthReport {
  readonly healthy: boolean
  readonly checks: Readonly<Record<'database' | 'orchestrator' | 'storage' | 'ffmpeg', HealthCheck>>
  /** Of the ffmpeg that this process would start. */
  readonly confinement: Confinement
}

export interface HealthCheck {
  readonly ok: boolean
  readonly latencyMs: number
  /** Safe to show; null when ok. */
  readonly message: string | null
}
