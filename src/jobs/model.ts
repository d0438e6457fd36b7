import type { Edit } from '../edit/operation.js'
import type { ErrorCode } from '../errors.js'
import type { MediaFacts } from '../plan/model/facts.js'
import type { PassKind, Warning } from '../plan/model/plan.js'
import { ASSET_KINDS, type AssetKind } from '../plan/model/sources.js'

type Brand<T, Name extends string> = T & { readonly __brand: Name }

export type VideoId = Brand<string, 'VideoId'>
export type JobId = Brand<string, 'JobId'>
export type OutputId = Brand<string, 'OutputId'>
/** Of one version of an asset. */
export type AssetId = Brand<string, 'AssetId'>
/** Owner of a row: the owner of the API key that the request came with, or `local` without a key. */
export type Owner = Brand<string, 'Owner'>

export const LOCAL_OWNER = 'local' as Owner

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export const VIDEO_STATUSES = ['processing', 'ready', 'failed'] as const
export type VideoStatus = (typeof VIDEO_STATUSES)[number]

export interface Video {
  readonly id: VideoId
  readonly owner: Owner
  /** Name in the store, `<id>.<extension of the detected container>`. */
  readonly filename: string
  readonly originalFilename: string
  /** Storage key. */
  readonly filePath: string
  readonly fileSize: number
  readonly sha256: string
  readonly mimeType: string
  readonly facts: MediaFacts
  /** Storage key of the poster frame, once there is one. */
  readonly posterPath: string | null
  readonly status: VideoStatus
  readonly uploadTime: Date
}

export const JOB_TYPES = ['upload', 'trim', 'overlay', 'watermark', 'quality', 'edit'] as const
export type JobType = (typeof JOB_TYPES)[number]

export const JOB_STATUSES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]
export type FinalStatus = Extract<JobStatus, 'completed' | 'failed' | 'cancelled'>

export const JOB_STAGES = [
  'queued',
  'probing',
  'planning',
  'rendering',
  'packaging',
  'finishing',
  'done',
] as const
export type JobStage = (typeof JOB_STAGES)[number]

export interface Job {
  readonly id: JobId
  readonly owner: Owner
  readonly videoId: VideoId
  readonly type: JobType
  readonly status: JobStatus
  readonly stage: JobStage
  /** Whole number 0–100. It never falls during a run. */
  readonly progress: number
  /** The request as it was accepted, with its defaults. */
  readonly config: JsonObject
  /** What to render; null for an upload. */
  readonly edit: Edit | null
  /** The client's own data, returned unchanged. */
  readonly metadata: JsonObject
  /** The versions of assets that the edit was accepted with. */
  readonly assetIds: readonly AssetId[]
  readonly warnings: readonly Warning[]
  readonly errorCode: ErrorCode | null
  readonly errorMessage: string | null
  readonly workflowId: string
  /** 1 (first) to 5 (last). */
  readonly priority: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  /** When the first pass began; the base of the ETA. */
  readonly renderStartedAt: Date | null
  readonly finishedAt: Date | null
  /** When its outputs expired and were deleted. Their rows stay. */
  readonly expiredAt: Date | null
}

/** Passes have the same statuses as jobs. */
export type PassStatus = JobStatus

/** One row per pass of the plan. Progress and retries rely on these rows. */
export interface PassRow {
  readonly jobId: JobId
  readonly name: string
  readonly kind: PassKind
  /** Names of the outputs that it makes, completely or in part. */
  readonly outputNames: readonly string[]
  readonly status: PassStatus
  /** Share of the pass that is done, 0–1. */
  readonly progress: number
  /** Seconds of output per second of wall-clock time; null until ffmpeg reports it. */
  readonly speed: number | null
  /** Temporal's attempt number, from 1; 0 before the first. */
  readonly attempt: number
  /** Identity of the worker of the latest attempt. */
  readonly worker: string | null
  readonly cost: number
  readonly errorCode: ErrorCode | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

/** A rendered file: a row of `processed_videos`. */
export interface Output {
  readonly id: OutputId
  readonly jobId: JobId
  readonly originalVideoId: VideoId
  /** Unique within the job. */
  readonly name: string
  readonly filename: string
  /** Storage key. */
  readonly filePath: string
  readonly fileSize: number
  readonly sha256: string
  readonly processingType: JobType
  readonly quality: string | null
  readonly container: string
  readonly videoCodec: string | null
  readonly audioCodec: string | null
  readonly width: number | null
  readonly height: number | null
  readonly frameRate: number | null
  /** Seconds. */
  readonly duration: number
  readonly bitRate: number | null
  /**
   * Identifies the sources and settings: see fingerprintPass. null: unknown, or the output is made from other
   * outputs.
   */
  readonly fingerprint: string | null
  readonly createdAt: Date
}

export { ASSET_KINDS, type AssetKind }

/**
 * One version of an asset. What is stored of it never changes: a name that gets another file gets another version, and
 * the one before lives on, retired, while a job needs it.
 */
export interface Asset {
  readonly id: AssetId
  readonly name: string
  readonly owner: Owner
  readonly kind: AssetKind
  /** Storage key. */
  readonly filePath: string
  readonly fileSize: number
  readonly sha256: string
  readonly mimeType: string
  /** null for kinds that ffprobe does not read. */
  readonly facts: MediaFacts | null
  /** When the file that an operator had placed, and that this is a copy of, was last written to; null: it was uploaded. */
  readonly placedAt: Date | null
  readonly createdAt: Date
}

export function isFinal(status: JobStatus): status is FinalStatus {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

/** Everything that clients see of a job, at one moment. */
export interface WholeJob {
  readonly job: Job
  /** In the plan's order. */
  readonly passes: readonly PassRow[]
  /** Largest first. */
  readonly outputs: readonly Output[]
}
