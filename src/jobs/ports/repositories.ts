import type { ErrorCode } from '../../errors.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import type { Plan, Warning } from '../../plan/model/plan.js'
import type { ApiKey } from '../access/api-key.js'
import type {
  Asset,
  FinalStatus,
  Job,
  JobId,
  JobStage,
  JobStatus,
  JobType,
  Output,
  Owner,
  Video,
  VideoId,
  WholeJob,
} from '../model.js'
import type { PassesRepository } from './passes.js'

/**
 * What the use cases and activities need of the world. src/db, src/storage, src/media and src/temporal
 * implement these; src/deps.ts wires them. Repositories throw AppError `db-unavailable` when PostgreSQL is
 * away. What the other ports throw is said there.
 */

export type { MediaSlots, Orchestrator, SlotGate, WorkflowState } from './orchestrator.js'
export type { PassAttempt, PassesRepository } from './passes.js'
export type { Store } from './storage.js'
export type { WorkFolders } from './work-folders.js'

export interface Idempotency {
  readonly key: string
  /** SHA-256 of route and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string
}

export type NewVideo = Omit<Video, 'posterPath' | 'status'>
export type NewJob = Pick<
  Job,
  | 'id'
  | 'owner'
  | 'videoId'
  | 'type'
  | 'config'
  | 'edit'
  | 'metadata'
  | 'workflowId'
  | 'priority'
  | 'createdAt'
> & {
  /** Assets that the job reads: they cannot be deleted while it runs. */
  readonly assetNames: readonly string[]
  /** Videos that it reads beside its own: the same holds. */
  readonly otherVideoIds: readonly VideoId[]
}

/** `existing`: the key was used for the same request before, by that job; `key-reused`: for another one. */
export type RepeatOutcome =
  { readonly kind: 'existing'; readonly jobId: JobId } | { readonly kind: 'key-reused' }

export type CreateOutcome = { readonly kind: 'created' } | RepeatOutcome

export interface VideosRepository {
  get(owner: Owner, id: VideoId): Promise<Video | null>
  /** Without regard to owner, for activities. */
  getById(id: VideoId): Promise<Video | null>
  /** By its name in the store. */
  getByFilename(owner: Owner, filename: string): Promise<Video | null>
  /** Newest first. */
  list(owner: Owner, page: { skip: number; limit: number }): Promise<{ videos: Video[]; total: number }>
  /** Replaces what is known of the file. */
  saveFacts(id: VideoId, facts: MediaFacts): Promise<void>
  /** Idempotent. */
  markReady(id: VideoId, facts: MediaFacts, posterPath: string | null): Promise<void>
  /**
   * Deletes the video with its ended jobs and their outputs, in one transaction, unless a job that has not
   * ended uses it. `removeFiles` gets the storage keys (files and `<prefix>/`) before the rows are gone for
   * good: when it fails they stay, and the delete can be asked for again.
   */
  delete(
    owner: Owner,
    id: VideoId,
    removeFiles: (keys: readonly string[]) => Promise<void>,
  ): Promise<'not-found' | 'in-use' | { readonly keys: readonly string[] }>
}

export interface JobFilter {
  readonly status?: JobStatus
  readonly type?: JobType
  readonly videoId?: VideoId
}

/** Position after which a page begins: newest first, so rows older than this. */
export interface JobCursor {
  readonly createdAt: Date
  readonly id: JobId
}

/** Is told the keys that rows name among the job's outputs, and asks the database for nothing. */
export type RemoveUnrecorded = (recorded: readonly string[]) => Promise<void>

export interface JobsRepository {
  /** One transaction: idempotency key, video, its `upload` job. */
  createUpload(video: NewVideo, job: NewJob, idempotency: Idempotency | null): Promise<CreateOutcome>
  /**
   * One transaction: idempotency key, job row `pending`. Throws `video-not-found` or `asset-not-found` if one
   * went meanwhile.
   */
  create(job: NewJob, idempotency: Idempotency | null): Promise<CreateOutcome>
  /** What creating with the key would find; null: the key is free. */
  recall(owner: Owner, idempotency: Idempotency): Promise<RepeatOutcome | null>
  get(owner: Owner, id: JobId): Promise<Job | null>
  /** By one statement. */
  getWhole(owner: Owner, id: JobId): Promise<WholeJob | null>
  /** Without regard to owner, for activities. */
  getById(id: JobId): Promise<Job | null>
  /** Newest first, at most `limit`. */
  list(owner: Owner, filter: JobFilter, page: { limit: number; after: JobCursor | null }): Promise<Job[]>
  /** Without regard to owner, for followers. In no order; what is gone is left out. */
  listByIds(ids: readonly JobId[]): Promise<Job[]>
  /** For each job that is there a text that changes with the job, its passes and its outputs. Cheap. */
  listVersions(ids: readonly JobId[]): Promise<Map<JobId, string>>
  /** The orchestrator has acknowledged the start of the job's workflow. */
  markStarted(id: JobId): Promise<void>
  /** `pending` jobs, not created within `young`, whose start nobody acknowledged: the sweep starts them. */
  listUnstarted(young: { readonly from: Date; readonly to: Date }, limit: number): Promise<Job[]>
  /** Jobs that have not ended and whose workflow was started, the oldest first. */
  listStarted(limit: number): Promise<StartedJob[]>
  /**
   * `pending` → `processing` and the stage; sets startedAt once. A job only goes forward: one that has passed the stage
   * keeps its own, and a final one is left alone. With `workflowId`, nothing changes unless the job still belongs to
   * that workflow. Idempotent.
   */
  enterStage(id: JobId, stage: JobStage, workflowId?: string): Promise<void>
  /**
   * Saves plan, warnings, and one `pending` row per pass, unless the job's workflow has saved a plan before: of attempts
   * that overlap the first wins. Returns the plan that stands, whose passes are to be run. Passes and added warnings
   * that exist stay. Nothing is saved for a final job or, with `workflowId`, for one that belongs to another workflow
   * meanwhile; the plan is returned as it was given.
   */
  savePlan(id: JobId, plan: Plan, workflowId?: string): Promise<Plan>
  /** A remark that arose while the plan was run. Idempotent. Does nothing to a final job. */
  addWarning(id: JobId, warning: Warning): Promise<void>
  loadPlan(id: JobId): Promise<Plan | null>
  /**
   * The last write. Sets status, stage `done`, finishedAt; progress 100 when completed; unfinished passes
   * become `cancelled` or `failed`, and so does the video of an upload: `failed`. A job that is final already is
   * left as it is. Returns the final status. With `workflowId` it is the word of that workflow alone: when the
   * job has gone over to another one meanwhile, nothing is written. `removeFiles` is called when the end is to be
   * written and nothing can be recorded any more; when it fails nothing is written.
   */
  finish(id: JobId, end: JobEnd, workflowId?: string, removeFiles?: RemoveUnrecorded): Promise<FinalStatus>
  /**
   * A failed or cancelled job of that workflow becomes `pending` again, for another workflow to start. Passes
   * that have not completed begin anew. Returns the status that the job has then.
   */
  restart(id: JobId, workflowId: string, nextWorkflowId: string): Promise<JobStatus>
  /** Jobs of edits that ended before `before` and still have their outputs, the oldest first. */
  listExpirable(before: Date, limit: number): Promise<JobId[]>
  /**
   * Notes that the outputs of such a job are gone; false: it is no such job any more. `removeFiles` is called
   * before the note is there for good: when it fails the job can be expired again.
   */
  expire(id: JobId, before: Date, removeFiles: () => Promise<void>): Promise<boolean>
  /** Calls `removeFiles` for a job that failed or was cancelled before `before`, and lets no retry in meanwhile. */
  cleanBroken(id: JobId, before: Date, removeFiles: RemoveUnrecorded): Promise<void>
  /**
   * Deletes an ended job with its outputs, unless it is the one of an upload. `removeFiles` gets the prefix of
   * its storage keys before the rows are gone for good: when it fails they stay.
   */
  delete(
    owner: Owner,
    id: JobId,
    removeFiles: (prefix: string) => Promise<void>,
  ): Promise<'deleted' | 'not-found' | 'running' | 'upload'>
}

export type StartedJob = Pick<Job, 'id' | 'workflowId'>

export interface JobEnd {
  readonly status: FinalStatus
  readonly errorCode: ErrorCode | null
  readonly errorMessage: string | null
}

export interface OutputsRepository {
  /** Largest picture first. */
  list(jobId: JobId): Promise<Output[]>
  listForJobs(jobIds: readonly JobId[]): Promise<Output[]>
  /** Storage keys of outputs of the owner's, by those of these fingerprints that they have. */
  findStored(owner: Owner, fingerprints: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface AssetsRepository {
  get(owner: Owner, name: string): Promise<Asset | null>
  list(owner: Owner): Promise<Asset[]>
  /** false when the name is taken. */
  insert(asset: Asset): Promise<boolean>
  /**
   * In one transaction, unless a job that has not ended uses the asset. `removeFile` is called before the row is
   * gone for good: a file without a row would be taken for one that the operator placed.
   */
  delete(
    owner: Owner,
    name: string,
    removeFile: (asset: Asset) => Promise<void>,
  ): Promise<'not-found' | 'in-use' | Asset>
}

export interface ApiKeysRepository {
  get(id: string): Promise<ApiKey | null>
  /** All of them, by owner and age. */
  list(): Promise<ApiKey[]>
  insert(key: ApiKey): Promise<void>
  /** Returns the key as it is then: one that was revoked before keeps its time. */
  revoke(id: string, now: Date): Promise<ApiKey | null>
  /** Notes that the key was used, unless a use after `before` is noted already. */
  noteUse(id: string, now: Date, before: Date): Promise<void>
}

export interface Repositories {
  readonly videos: VideosRepository
  readonly jobs: JobsRepository
  readonly passes: PassesRepository
  readonly outputs: OutputsRepository
  readonly assets: AssetsRepository
  readonly apiKeys: ApiKeysRepository
}
