import type { InferAttributes } from 'sequelize'
import { type ErrorCode, isErrorCode } from '../errors.js'
import type { Asset, Job, Output, PassRow, Video } from '../jobs/model.js'
import { currentFacts } from './current-facts.js'
import type { AssetRow } from './models/asset.js'
import type { JobRow } from './models/job.js'
import type { PassEntry } from './models/pass.js'
import type { ProcessedVideoRow } from './models/processed-video.js'
import type { VideoRow } from './models/video.js'

/** Rows never leave the repositories: these functions turn them into the records of src/jobs/model.ts. */

export function toVideo(row: VideoRow): Video {
  return {
    id: row.id,
    owner: row.owner,
    filename: row.filename,
    originalFilename: row.originalFilename,
    filePath: row.filePath,
    fileSize: toNumber(row.fileSize),
    sha256: row.sha256,
    mimeType: row.mimeType,
    facts: currentFacts(row.facts),
    posterPath: row.posterPath,
    status: row.status,
    uploadTime: row.uploadTime,
  }
}

/** The columns of a job that repositories hand out. */
export type JobColumns = Omit<InferAttributes<JobRow>, 'plan' | 'plannedBy' | 'sweptAt'>

export function toJob(row: JobColumns): Job {
  return {
    id: row.id,
    owner: row.owner,
    videoId: row.videoId,
    type: row.type,
    status: row.status,
    stage: row.stage,
    progress: row.progress,
    config: row.config,
    edit: row.edit,
    metadata: row.metadata,
    assetIds: row.assetIds,
    warnings: row.warnings,
    errorCode: toErrorCode(row.errorCode),
    errorMessage: row.errorMessage,
    workflowId: row.workflowId,
    priority: row.priority,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    renderStartedAt: row.renderStartedAt,
    finishedAt: row.finishedAt,
    expiredAt: row.expiredAt,
  }
}

export function toPass(row: InferAttributes<PassEntry>): PassRow {
  return {
    jobId: row.jobId,
    name: row.name,
    kind: row.kind,
    outputNames: row.outputNames,
    status: row.status,
    progress: row.progress,
    speed: row.speed,
    attempt: row.attempt,
    worker: row.worker,
    cost: row.cost,
    errorCode: toErrorCode(row.errorCode),
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  }
}

export function toOutput(row: Omit<InferAttributes<ProcessedVideoRow>, 'processingConfig'>): Output {
  return {
    id: row.id,
    jobId: row.jobId,
    originalVideoId: row.originalVideoId,
    name: row.name,
    filename: row.filename,
    filePath: row.filePath,
    fileSize: toNumber(row.fileSize),
    sha256: row.sha256,
    processingType: row.processingType,
    quality: row.quality,
    container: row.container,
    videoCodec: row.videoCodec,
    audioCodec: row.audioCodec,
    width: row.width,
    height: row.height,
    frameRate: row.frameRate,
    duration: row.duration,
    bitRate: row.bitRate === null ? null : toNumber(row.bitRate),
    fingerprint: row.fingerprint,
    createdAt: row.createdAt,
  }
}

export function toAsset(row: AssetRow): Asset {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner,
    kind: row.kind,
    filePath: row.filePath,
    fileSize: toNumber(row.fileSize),
    sha256: row.sha256,
    mimeType: row.mimeType,
    facts: row.facts && currentFacts(row.facts),
    placedAt: row.placedAt,
    createdAt: row.createdAt,
  }
}

/** pg reads an int8 as text. Ours are bytes and bits per second, far below 2^53, where numbers stop being exact. */
function toNumber(value: number | string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe integer: ${value}`)
  return number
}

/** A code that a newer version wrote before a downgrade has no entry in the catalogue. */
function toErrorCode(value: string | null): ErrorCode | null {
  if (value === null) return null
  return isErrorCode(value) ? value : 'internal'
}
