import { v7 as uuidv7 } from 'uuid'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { type ApiKey, newKey } from '../../src/jobs/access/api-key.js'
import {
  type Asset,
  type AssetId,
  type Job,
  type JobId,
  LOCAL_OWNER,
  type Output,
  type OutputId,
  type PassRow,
  type Video,
  type VideoId,
} from '../../src/jobs/model.js'
import type { NewJob, NewVideo } from '../../src/jobs/ports/repositories.js'
import type { JobView } from '../../src/jobs/use-cases.js'
import type { MediaFacts } from '../../src/plan/model/facts.js'
import type { Pass, Plan } from '../../src/plan/model/plan.js'
import { AUDIO, mediaFacts, videoFacts } from './plan-facts.js'

/**
 * Records as the repositories and use cases know them: `make…` makes existing ones, `new…` makes those to be stored.
 */

const SHA256 = 'a'.repeat(64)

/** Five seconds from a telephone that was held upright. */
export const FACTS: MediaFacts = mediaFacts({
  durationSec: 5.0416666,
  bitRate: 1_600_000,
  video: videoFacts({
    ...{ codedWidth: 1920, codedHeight: 1080, width: 1080, height: 1920, rotation: 90 },
    frameRate: { num: 30_000, den: 1001 },
    frameCount: 151,
    durationSec: 5.0416666,
    bitRate: 1_500_000,
  }),
  audio: [{ ...AUDIO, durationSec: 5 }],
})

/** Larger than a 32-bit number can be. */
export function newVideo(changes: Partial<NewVideo> = {}): NewVideo {
  const id = changes.id ?? (uuidv7() as VideoId)
  return {
    id,
    owner: LOCAL_OWNER,
    filename: `${id}.mp4`,
    originalFilename: 'clip.mp4',
    filePath: `uploads/${id}.mp4`,
    fileSize: 5_000_000_000,
    sha256: SHA256,
    mimeType: 'video/mp4',
    facts: FACTS,
    uploadTime: new Date(),
    ...changes,
  }
}

export function makeVideo(change: Partial<Video> = {}): Video {
  const uploadTime = new Date('2026-01-02T03:04:05.006Z')
  return { ...newVideo({ fileSize: 1_000_000, uploadTime }), posterPath: null, status: 'ready', ...change }
}

/** A job that waits. */
export const QUEUED = { status: 'pending', stage: 'queued', progress: 0 } as const

export function makeJob(change: Partial<Job> = {}): Job {
  const id = uuidv7() as JobId
  return {
    id,
    owner: LOCAL_OWNER,
    videoId: uuidv7() as VideoId,
    type: 'edit',
    status: 'processing',
    stage: 'rendering',
    progress: 42,
    config: {},
    edit: null,
    metadata: {},
    assetIds: [],
    warnings: [],
    errorCode: null,
    errorMessage: null,
    workflowId: `edit-${id}`,
    priority: 3,
    createdAt: new Date('2026-01-02T03:04:05.006Z'),
    startedAt: null,
    renderStartedAt: null,
    finishedAt: null,
    expiredAt: null,
    ...change,
  }
}

export function makeOutput(
  job: Pick<Job, 'id' | 'videoId' | 'type'>,
  name: string,
  change: Partial<Output> = {},
): Output {
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: `${name}.mp4`,
    filePath: `processed/${job.id}/${name}.mp4`,
    fileSize: 123_456,
    sha256: 'b'.repeat(64),
    processingType: job.type,
    quality: name,
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 1280,
    height: 720,
    frameRate: 29.970029,
    duration: 5,
    fingerprint: null,
    bitRate: 900_000,
    createdAt: new Date('2026-01-02T03:05:00.000Z'),
    ...change,
  }
}

export function makePass(job: Job, name: string, change: Partial<PassRow> = {}): PassRow {
  return {
    jobId: job.id,
    name: `transcode-${name}`,
    kind: 'transcode',
    outputNames: [name],
    status: 'processing',
    progress: 0.4,
    speed: 1.8,
    attempt: 1,
    worker: 'worker-1',
    cost: 10,
    errorCode: null,
    startedAt: null,
    finishedAt: null,
    ...change,
  }
}

export function makeView(job: Job, change: Partial<JobView> = {}): JobView {
  return { passes: [], outputs: [], etaSeconds: null, speed: null, temporalUiUrl: null, ...change, job }
}

export function makeAsset(name: string, change: Partial<Asset> = {}): Asset {
  const id = change.id ?? (uuidv7() as AssetId)
  return {
    id,
    name,
    owner: LOCAL_OWNER,
    kind: 'image',
    filePath: `asset-files/${id}`,
    fileSize: 2048,
    sha256: 'c'.repeat(64),
    mimeType: 'image/png',
    facts: null,
    placedAt: null,
    createdAt: new Date('2026-01-02T03:04:05.006Z'),
    ...change,
  }
}

export function makeKey(change: Partial<ApiKey> = {}): ApiKey {
  return {
    id: newKey().id,
    owner: LOCAL_OWNER,
    scopes: ['read', 'write'],
    secretHash: 'd'.repeat(64),
    createdAt: new Date('2026-01-02T03:04:05.006Z'),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...change,
  }
}

export function newJob(videoId: VideoId, changes: Partial<NewJob> = {}): NewJob {
  const id = changes.id ?? (uuidv7() as JobId)
  return {
    id,
    owner: LOCAL_OWNER,
    videoId,
    type: 'edit',
    config: { video_id: videoId, operations: [] },
    edit: { operations: [], output: { ...NO_EXTRAS, qualities: ['720p'] } },
    metadata: { ref: 'A-17' },
    workflowId: `edit-${id}`,
    priority: 3,
    createdAt: new Date(),
    assetIds: [],
    otherVideoIds: [],
    ...changes,
  }
}

export function newPass(name: string, cost: number): Pass {
  return {
    name,
    kind: 'transcode',
    summary: `whole video → ${name}`,
    inputs: [{ key: 'uploads/in.mp4', format: 'mov', seekSec: 0 }],
    sideFiles: [],
    graph: [
      {
        filter: 'scale',
        args: { width: 1280, h: 720, flags: 'bicubic', a: 1 },
        inputs: ['v'],
        outputs: ['o'],
      },
    ],
    encodes: [
      {
        key: `processed/${name}.jpg`,
        isPart: false,
        video: { pad: 'o', coding: { codec: 'jpeg', quantiser: 2 } },
        audio: null,
        container: 'jpg',
        expected: {
          picture: { width: 1280, height: 720, frameRate: { num: 25, den: 1 }, frameCount: 1 },
          durationSec: 0.04,
          hasAudio: false,
        },
      },
    ],
    threads: null,
    outputNames: [name],
    cost,
  }
}

export function newPlan(passes: readonly Pass[]): Plan {
  return {
    version: 2,
    capacity: null,
    measurements: [],
    passes,
    assemblies: [],
    derived: [],
    outputs: [],
    warnings: [{ code: 'no-audio', message: 'The source has no sound' }],
  }
}
