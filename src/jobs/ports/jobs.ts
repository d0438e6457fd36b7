import type { ErrorCode } from '../../errors.js'
import type { Plan, Warning } from '../../plan/model/plan.js'
import type {
  FinalStatus,
  Job,
  JobId,
  JobStage,
  JobStatus,
  JobType,
  Owner,
  Video,
  VideoId,
  WholeJob,
} from '../model.js'

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
  | 'assetIds'
  | 'workflowId'
  | 'priority'
  | 'createdAt'
> & {
  /** Videos that the job reads besides its own: they cannot be deleted while it runs. */
  readonly otherVideoIds: readonly VideoId[]
}

/** `existing`: the key was used for the same request before, by that job; `key-reused`: for another one. */
export type RepeatOutcome =
  { readonly kind: 'existing'; readonly jobId: JobId } | { readonly kind: 'key-reused' }

export type CreateOutcome = { readonly kind: 'created' } | RepeatOutcome

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

/** Called with the storage keys that rows refer to. Must not query the database: the caller holds a transaction. */
export type RemoveUnrecorded = (recorded: readonly string[]) => Promise<void>

export interface JobsRepository {
  /** One transaction: idempotency key, video, its `upload` job. */
  createUpload(video: NewVideo, job: NewJob, idempotency: Idempotency | null): Promise<CreateOutcome>
  /**
   * One transaction: idempotency key, job row `pending`. Throws `video-not-found` or `asset-not-found` if one was
   * deleted meanwhile.
   */
  create(job: NewJob, idempotency: Idempotency | null): Promise<CreateOutcome>
  /** What creating with the key would find; null: the key is free. */
  recall(owner: Owner, idempotency: Idempotency): Promise<RepeatOutcome | null>
  get(owner: Owner, id: JobId): Promise<Job | null>
  /** One SQL statement, so job, passes and outputs are consistent. */
  getWhole(owner: Owner, id: JobId): Promise<WholeJob | null>
  /** Regardless of the owner, for activities. */
  getById(id: JobId): Promise<Job | null>
  /** Newest first, at most `limit`. */
  list(owner: Owner, filter: JobFilter, page: { limit: number; after: JobCursor | null }): Promise<Job[]>
  /** Regardless of the owner, for followers. In no order; jobs that are gone are left out. */
  listByIds(ids: readonly JobId[]): Promise<Job[]>
  /** For each job that exists, a text that changes with the job, its passes and its outputs. Cheap. */
  listVersions(ids: readonly JobId[]): Promise<Map<JobId, string>>
  /** The orchestrator has acknowledged the start of the job's workflow. */
  markStarted(id: JobId): Promise<void>
  /**
   * `pending` jobs, not created within `young`, whose start was never acknowledged. Jobs that no sweep has taken up
   * come first, then those that were taken up longest ago.
   */
  listUnstarted(young: { readonly from: Date; readonly to: Date }, limit: number): Promise<Job[]>
  /** Jobs that have not ended and whose workflow was started, without those of `except`. In the same order. */
  listStarted(except: ReadonlySet<string>, limit: number): Promise<StartedJob[]>
  /** A sweep takes the job up: it goes to the end of the lists for sweeps until its state changes. */
  noteSweep(id: JobId): Promise<void>
  /**
   * `pending` → `processing` and the stage; sets startedAt once. A job only goes forward: one that has passed the stage
   * keeps its own, and a final one is left alone. With `workflowId`, nothing changes unless the job still belongs to
   * that workflow. Idempotent.
   */
  enterStage(id: JobId, stage: JobStage, workflowId?: string): Promise<void>
  /**
   * Saves plan, warnings and one `pending` row per pass, unless the job's workflow has saved a plan already: of
   * overlapping attempts the first wins. Returns the plan that stands, whose passes are to be run. Existing rows of
   * passes and added warnings stay. Nothing is saved for a final job or, with `workflowId`, for a job that belongs to
   * another workflow by now; then the given plan is returned.
   */
  savePlan(id: JobId, plan: Plan, workflowId?: string): Promise<Plan>
  /** Adds a warning that came up while the plan was run. Idempotent. Does nothing to a final job. */
  addWarning(id: JobId, warning: Warning): Promise<void>
  /** null: there is none, or one of an older version. */
  loadPlan(id: JobId): Promise<Plan | null>
  /**
   * Writes the job's end: status, stage `done`, finishedAt; progress 100 when completed; unfinished passes become
   * `cancelled` or `failed`, and the video of an upload that has not completed `failed`. A job that is final already is
   * left as it is. Returns the final status.
   */
  finish(id: JobId, end: JobEnd, options?: JobEndOptions): Promise<FinalStatus>
  /**
   * Makes a failed or cancelled job of that workflow `pending` again, for another workflow to start. Passes that have
   * not completed begin again. Returns the job's status after that.
   */
  restart(id: JobId, workflowId: string, nextWorkflowId: string): Promise<JobStatus>
  /** Jobs of edits that ended before `before` and still have their outputs. In the order of `listUnstarted`. */
  listExpirable(before: Date, limit: number): Promise<JobId[]>
  /**
   * Notes that the outputs of such a job are gone. Returns false if it is not such a job any more. `removeFiles` is
   * called before the commit: if it fails, the job can be expired again.
   */
  expire(id: JobId, before: Date, removeFiles: () => Promise<void>): Promise<boolean>
  /** Calls `removeFiles` for a job that failed or was cancelled before `before`; a retry waits meanwhile. */
  cleanBroken(id: JobId, before: Date, removeFiles: RemoveUnrecorded): Promise<void>
  /**
   * Deletes an ended job with its outputs, unless it is the job of an upload. `removeFiles` gets the prefix of its
   * storage keys before the commit: if it fails, the rows stay.
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

export interface JobEndOptions {
  /** The end applies only if the job still belongs to that workflow; otherwise nothing is written. */
  readonly workflowId?: string | undefined
  /**
   * Called when the end is about to be written and nothing can be recorded any more. If it fails, nothing is written.
   */
  readonly removeFiles?: RemoveUnrecorded
}
