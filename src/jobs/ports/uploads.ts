import type { Owner } from '../model.js'
import type { Upload, UploadId } from '../uploads/upload.js'
import type { Idempotency } from './jobs.js'

export type NewUpload = Pick<
  Upload,
  | 'id'
  | 'owner'
  | 'kind'
  | 'originalFilename'
  | 'metadata'
  | 'priority'
  | 'sizeBytes'
  | 'partIds'
  | 'createdAt'
  | 'expiresAt'
>

export type UploadOutcome =
  | { readonly kind: 'created' | 'existing'; readonly upload: Upload }
  | { readonly kind: 'key-reused' | 'too-many' | 'part-taken' }

type UploadChange = Partial<
  Pick<
    Upload,
    | 'sizeBytes'
    | 'receivedBytes'
    | 'fileNumber'
    | 'needsNewFile'
    | 'status'
    | 'jobId'
    | 'videoId'
    | 'errorCode'
    | 'errorMessage'
    | 'expiresAt'
  >
>

/** Resumable uploads. One process at a time holds the lease of an upload, and only it changes the row. */
export interface UploadsRepository {
  /** Makes the row, and takes the parts of a joined upload, unless the owner has `maxOpen` open ones already. */
  create(upload: NewUpload, maxOpen: number, idempotency: Idempotency | null): Promise<UploadOutcome>
  get(id: UploadId): Promise<Upload | null>
  countOpen(owner: Owner): Promise<number>
  /**
   * Takes the lease if it is free or has run out; null: someone holds it, who is asked to give it back, or there is no
   * such upload.
   */
  acquire(id: UploadId, token: string, leaseMs: number): Promise<Upload | null>
  /** `asked`: someone else waits for the lease. `lost`: it ran out, and someone else has it. */
  renew(id: UploadId, token: string, leaseMs: number): Promise<'held' | 'asked' | 'lost'>
  release(id: UploadId, token: string): Promise<void>
  /** Returns false, and changes nothing, unless the token holds the lease. */
  update(id: UploadId, token: string, change: UploadChange): Promise<boolean>
  /** Deletes the row; only the token's own lease allows it. */
  delete(id: UploadId, token: string): Promise<boolean>
  /** Those that have expired by now and that nobody holds. */
  listExpired(now: Date, limit: number): Promise<UploadId[]>
  /** Deletes the row unless it lives on, or someone holds it. */
  deleteExpired(id: UploadId, now: Date): Promise<boolean>
}
