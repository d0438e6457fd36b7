import type { MediaFacts } from '../../plan/model/facts.js'
import type { ApiKey } from '../access/api-key.js'
import type { Asset, AssetId, JobId, Output, Owner, Video, VideoId } from '../model.js'
import type { EventsRepository } from './events.js'
import type { JobsRepository } from './jobs.js'
import type { PassesRepository } from './passes.js'
import type { TemplatesRepository } from './templates.js'
import type { UploadsRepository } from './uploads.js'
import type { UsageRepository } from './usage.js'
import type { DeliveriesRepository, WebhooksRepository } from './webhooks.js'

/**
 * What the use cases and activities need from outside. src/db, src/storage, src/media and src/temporal implement these
 * ports; src/deps.ts wires them. Repositories throw AppError `db-unavailable` while PostgreSQL is away. Each of the
 * other ports says what it throws.
 */

export type {
  CreateOutcome,
  Idempotency,
  JobCursor,
  JobEnd,
  JobEndOptions,
  JobFilter,
  JobsRepository,
  NewJob,
  NewVideo,
  RepeatOutcome,
  StartedJob,
} from './jobs.js'
export type { MediaSlots, Orchestrator, SlotGate, WorkflowState } from './orchestrator.js'
export type { PassAttempt, PassesRepository } from './passes.js'
export type { Store } from './storage.js'
export type { WorkFolders } from './work-folders.js'

export interface VideosRepository {
  get(owner: Owner, id: VideoId): Promise<Video | null>
  /** Regardless of the owner, for activities. */
  getById(id: VideoId): Promise<Video | null>
  /** Finds a video by its name in the store. */
  getByFilename(owner: Owner, filename: string): Promise<Video | null>
  /** Newest first. */
  list(owner: Owner, page: { skip: number; limit: number }): Promise<{ videos: Video[]; total: number }>
  /** Replaces what is known about the file. */
  saveFacts(id: VideoId, facts: MediaFacts): Promise<void>
  /** Idempotent. */
  markReady(id: VideoId, facts: MediaFacts, posterPath: string | null): Promise<void>
  /**
   * Deletes the video with its ended jobs and their outputs, in one transaction, unless a job that has not ended uses
   * it. `removeFiles` gets the storage keys (files and `<prefix>/`) before the commit: if it fails, the rows stay and
   * the video can be deleted again.
   */
  delete(
    owner: Owner,
    id: VideoId,
    removeFiles: (keys: readonly string[]) => Promise<void>,
  ): Promise<'not-found' | 'in-use' | { readonly keys: readonly string[] }>
}

export interface OutputsRepository {
  /** Largest picture first. */
  list(jobId: JobId): Promise<Output[]>
  listForJobs(jobIds: readonly JobId[]): Promise<Output[]>
  /** Storage keys of the owner's outputs with these fingerprints, by fingerprint. */
  findStored(owner: Owner, fingerprints: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface AssetsRepository {
  /** The current version. */
  get(owner: Owner, name: string): Promise<Asset | null>
  /** The current versions, by name. */
  list(owner: Owner): Promise<Asset[]>
  /** Current and retired versions, regardless of the owner. In no order; those that are gone are left out. */
  listByIds(ids: readonly AssetId[]): Promise<Asset[]>
  /** The version, current or retired, that a stored file belongs to. */
  getByFile(filePath: string): Promise<Asset | null>
  /**
   * Makes it the current version of its name, in place of `replaced`, which is retired. Returns false, and changes
   * nothing, when another version is current; null: any other.
   */
  insert(asset: Asset, replaced?: AssetId | null): Promise<boolean>
  /** Retires the current version, so that the name is free. Returns it; null: there was none. */
  retire(owner: Owner, name: string): Promise<Asset | null>
  /** Retired versions that no job needs, in any order: those that cannot be removed keep none of the others waiting. */
  listUnneeded(limit: number): Promise<AssetId[]>
  /**
   * Deletes a retired version, unless a job needs it: one that has not ended, or that can be retried. `removeFile` is
   * called before the commit: if it fails, the row stays. Returns whether it was deleted.
   */
  remove(id: AssetId, removeFile: (asset: Asset) => Promise<void>): Promise<boolean>
}

export interface ApiKeysRepository {
  get(id: string): Promise<ApiKey | null>
  /** All of them, by owner and age. */
  list(): Promise<ApiKey[]>
  insert(key: ApiKey): Promise<void>
  /** Returns the key after that: one that was revoked before keeps its time. */
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
  readonly usage: UsageRepository
  readonly events: EventsRepository
  readonly webhooks: WebhooksRepository
  readonly deliveries: DeliveriesRepository
  readonly templates: TemplatesRepository
  readonly uploads: UploadsRepository
}
