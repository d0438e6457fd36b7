import type { JsonObject, Owner } from '../model.js'
import type { Idempotency } from '../ports/repositories.js'
import type { Checksum } from './checksum.js'
import type { Upload, UploadId } from './upload.js'

export interface UploadRequest {
  readonly originalFilename: string
  readonly metadata: JsonObject
  readonly priority: number
  /** null: it will be told later. */
  readonly sizeBytes: number | null
  /** One of several parts, which are joined later. */
  readonly isPart: boolean
}

export type JoinRequest = Pick<UploadRequest, 'originalFilename' | 'metadata' | 'priority'> & {
  readonly partIds: readonly UploadId[]
  readonly maxBytes: number
}

export interface IncomingBytes {
  readonly bytes: AsyncIterable<Buffer>
  /** The most that may come. */
  readonly announcedBytes: number
  readonly checksum: Checksum | null
}

/** An upload that nobody else changes meanwhile. */
export interface HeldUpload {
  readonly upload: Upload
  /** @throws AppError `upload-locked` when the hold was lost */
  setSize(sizeBytes: number): Promise<void>
  /** Returns how much there is then. Throws what appendBytes throws, `too-many-uploads`, `storage-quota-exceeded`. */
  append(incoming: IncomingBytes): Promise<number>
  remove(): Promise<void>
  release(): Promise<void>
}

/** Uploads that arrive in several requests. What they need to be allowed to is checked by src/http. */
export interface UploadUseCases {
  /** Throws `upload-too-large`, `too-many-uploads`, `storage-quota-exceeded`, `disk-full`, `idempotency-key-reused`. */
  create(owner: Owner, request: UploadRequest, idempotency: Idempotency | null): Promise<Upload>
  /** Makes one upload of complete parts. Throws `upload-not-found`, `upload-incomplete`, and what `create` throws. */
  join(owner: Owner, request: JoinRequest): Promise<Upload>
  /** Throws `upload-not-found`, `upload-expired`. */
  get(id: UploadId): Promise<Upload>
  /** `onAsked`: someone else waits for it. Throws `upload-not-found`, `upload-locked`. */
  hold(id: UploadId, signal: AbortSignal, onAsked: () => void): Promise<HeldUpload>
  /** Makes a video and its job of an upload that is complete; returns others as they are. Throws as acceptUpload. */
  finish(id: UploadId): Promise<Upload>
}
