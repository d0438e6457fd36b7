import type { ErrorCode } from '../../errors.js'
import type { JobId, JsonObject, Owner, VideoId } from '../model.js'

/** Of a resumable upload. */
export type UploadId = string & { readonly __brand: 'UploadId' }

/** `part`: it becomes a piece of a `joined` one, and nothing by itself. */
export const UPLOAD_KINDS = ['whole', 'part', 'joined'] as const
export type UploadKind = (typeof UPLOAD_KINDS)[number]

/** `completed`: it has become a video with its job. `failed`: it was refused, and its bytes are gone. */
export const UPLOAD_STATUSES = ['open', 'completed', 'failed'] as const
export type UploadStatus = (typeof UPLOAD_STATUSES)[number]

/** A file that arrives in several requests. */
export interface Upload {
  readonly id: UploadId
  readonly owner: Owner
  readonly kind: UploadKind
  readonly originalFilename: string
  /** Of the job that it ends in. */
  readonly metadata: JsonObject
  readonly priority: number
  /** null: not known yet. */
  readonly sizeBytes: number | null
  /** What has arrived and is on the disk for certain. */
  readonly receivedBytes: number
  /** Counts the files that the bytes were written to: see needsNewFile. */
  readonly fileNumber: number
  /** Someone lost the lease without giving it back, and may still write to the file when he wakes up. */
  readonly needsNewFile: boolean
  readonly status: UploadStatus
  readonly jobId: JobId | null
  readonly videoId: VideoId | null
  readonly errorCode: ErrorCode | null
  readonly errorMessage: string | null
  /** What a joined one consists of, in this order. */
  readonly partIds: readonly UploadId[]
  /** The joined one that a part has become a piece of. */
  readonly joinedId: UploadId | null
  readonly createdAt: Date
  /** When it is removed unless more arrives. */
  readonly expiresAt: Date
}

/** Whether all of it is there. */
export function isWhole({ sizeBytes, receivedBytes }: Pick<Upload, 'sizeBytes' | 'receivedBytes'>): boolean {
  return sizeBytes === receivedBytes
}

/** Whoever sends nothing else keeps an upload open for so many times the age at which a quiet one expires. */
const MAX_AGES = 7

/** Counted from the last byte, but not for ever, or a byte a day would keep an upload open. */
export function expiryOf(createdAt: Date, lastByteAt: Date, maxQuietHours: number): Date {
  const quietMs = maxQuietHours * 3_600_000
  return new Date(Math.min(lastByteAt.getTime() + quietMs, createdAt.getTime() + MAX_AGES * quietMs))
}
