import type { Readable } from 'node:stream'
import type { AudioChoice } from '../edit/fields/audio-choice.js'
import type { ShownImage } from '../edit/fields/shown-image.js'
import type { Operation } from '../edit/operation.js'
import type { OutputRequest } from '../edit/output/output.js'
import type { PictureRequest } from '../edit/picture.js'
import type { PassKind, Warning } from '../plan/model/plan.js'
import type { KeyHolder } from './access/api-key.js'
import type { EventUseCases } from './events/use-cases.js'
import type { HealthReport } from './health-report.js'
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
import type { IncomingFolder } from './ports/incoming-folder.js'
import type { Idempotency, JobCursor, JobFilter } from './ports/repositories.js'
import type { ByteRange, FileStats } from './ports/storage.js'
import type { Usage } from './quotas/quotas.js'
import type { TemplateUseCases } from './templates/use-cases.js'
import type { UploadUseCases } from './uploads/use-cases.js'
import type { WebhookUseCases } from './webhooks/use-cases.js'

/** What src/http calls. Built by src/jobs/create-use-cases.ts. */
export interface UseCases {
  /** Returns the holder of an API key. Throws `unauthenticated`. */
  authenticate(key: string): Promise<KeyHolder>

  /** Registers a received file as a video. The file is moved, or removed on any error. */
  acceptUpload(
    owner: Owner,
    file: ReceivedFile,
    idempotency: Idempotency | null,
    wishes?: JobWishes,
  ): Promise<Accepted>
  readonly resumable: UploadUseCases
  listVideos(owner: Owner, page: { skip: number; limit: number }): Promise<{ videos: Video[]; total: number }>
  getVideo(owner: Owner, id: VideoId): Promise<Video>
  deleteVideo(owner: Owner, id: VideoId): Promise<void>
  openVideo(owner: Owner, id: VideoId): Promise<StoredFile>

  submitEdit(owner: Owner, request: EditRequest, idempotency: Idempotency | null): Promise<Accepted>
  /** The passes that the edit would run and the outputs that it would make. Nothing is created. */
  previewEdit(owner: Owner, request: EditRequest): Promise<PlanPreview>
  /** The picture that an edit shows at a moment of its result. Throws `no-picture`. */
  previewPicture(owner: Owner, edit: EditedVideo, picture: PictureRequest): Promise<Picture>
  /** The picture of a video at a moment. Throws `no-picture`. */
  showFrame(owner: Owner, id: VideoId, picture: PictureRequest): Promise<Picture>
  listJobs(
    owner: Owner,
    filter: JobFilter,
    page: { limit: number; after: JobCursor | null },
  ): Promise<{ jobs: JobView[]; next: JobCursor | null }>
  getJob(owner: Owner, id: JobId): Promise<JobView>
  /** The job in its present state, and a way to follow its changes. Throws `job-not-found`. */
  followJob(owner: Owner, id: JobId): Promise<FollowedJob>
  /** `already`: the job was cancelled before. Throws `job-finished` for a completed or failed one. */
  cancelJob(owner: Owner, id: JobId): Promise<{ job: JobView; already: boolean }>
  /** Runs a failed or cancelled job again, without its completed passes. Throws `job-not-retryable`. */
  retryJob(owner: Owner, id: JobId): Promise<JobView>
  /** Deletes an ended job with its outputs. Throws `job-not-deletable`. */
  deleteJob(owner: Owner, id: JobId): Promise<void>
  /** The output of that name or quality, or the largest. Throws `job-not-completed`, `output-not-found`. */
  openOutput(owner: Owner, id: JobId, quality: string | null): Promise<StoredFile>
  /** All files of such an output, in one ZIP. Throws as openOutput does. */
  archiveOutput(owner: Owner, id: JobId, name: string | null): Promise<StoredFile>
  listOutputFiles(
    owner: Owner,
    output: { readonly id: JobId; readonly name: string },
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<OutputFilesPage>

  /**
   * Registers a received file as an asset. The file is moved or removed, as by acceptUpload. With `mayRepeat` an
   * existing asset of that name with the same bytes is returned: an earlier attempt made it. Throws `asset-exists`,
   * `unsupported-media`.
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

  /** A new work folder for one incoming request. Throws `disk-full`, `too-many-uploads`. */
  createIncomingFolder(owner: Owner, announcedBytes: number): Promise<IncomingFolder>
  /** Counts an event stream, until the returned function is called. Throws `too-many-streams`. */
  openStream(owner: Owner): () => void
  getUsage(owner: Owner): Promise<Usage>
  readonly webhooks: WebhookUseCases
  readonly templates: TemplateUseCases
  readonly events: EventUseCases
  checkHealth(): Promise<HealthReport>
  /** Writes what is only counted in memory so far. For the end of the process. */
  flush(): Promise<void>
}

/** A file that has arrived completely, in a folder of createIncomingFolder. */
export interface ReceivedFile {
  readonly path: string
  readonly originalFilename: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** What a client may say of a job whatever it does. */
export interface JobWishes {
  /** Absent: 3. */
  readonly priority?: number
  readonly metadata?: JsonObject
}

export interface EditRequest {
  readonly type: Exclude<JobType, 'upload'>
  readonly videoId: VideoId
  readonly operations: readonly Operation[]
  readonly output: OutputRequest | null
  readonly audio?: AudioChoice | null
  readonly image?: ShownImage | null
  readonly priority: number
  readonly metadata: JsonObject
  /** The request as the client sent it, with defaults, for `config`. */
  readonly config: JsonObject
}

/** What is edited, and how. */
export type EditedVideo = Pick<EditRequest, 'videoId' | 'operations' | 'output' | 'audio' | 'image'>

/** A picture that is made when it is wanted. */
export interface Picture {
  /** Hash of all that it is made from; null: unknown. */
  readonly hash: string | null
  readonly contentType: string
  /** Throws `preview-timed-out`, `rate-limited`; the signal's reason once nobody waits any more. */
  readonly make: (signal: AbortSignal) => Promise<Buffer>
}

export interface Accepted {
  readonly job: JobView
  /** false: the idempotency key was used before, and this is the job that was created then. */
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
  /** Relative cost: megapixels to encode. */
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
  /** Seconds of output per second, summed over the running passes; null: unknown. */
  readonly speed: number | null
  readonly temporalUiUrl: string | null
}

export interface FollowedJob {
  readonly view: JobView
  /**
   * Calls `onNews` with the job's latest state whenever it may have changed, and at least once; null: the job is gone.
   * An outage of PostgreSQL only delays the calls. Returns a function that ends them.
   */
  readonly follow: (onNews: (view: JobView | null) => void) => () => void
}

export interface StoredFile extends FileStats {
  /** null: unknown; then the ETag is made from size and time. */
  readonly sha256: string | null
  readonly contentType: string
  /** It is made while it is sent, and only as a whole. Absent: any part of it can be had. */
  readonly isMade?: true
  /** Name to save it under. */
  readonly downloadName: string
  /** Opens a part of it: see Store.openRange. Throws `traffic-quota-exceeded`. */
  readonly open: (range: ByteRange) => Promise<Readable>
}

/** A file that belongs to an output. */
export interface OutputFile extends FileStats {
  /** Storage key. */
  readonly key: string
  readonly name: string
  readonly contentType: string
}

export interface OutputFilesPage {
  readonly files: readonly OutputFile[]
  /** Of all pages. */
  readonly count: number
  readonly sizeBytes: number
  readonly hasMore: boolean
}
