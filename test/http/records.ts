import { v7 as uuidv7 } from 'uuid'
import { toJobId, toVideoId } from '../../src/http/ids.js'
import {
  LOCAL_OWNER,
  type Asset,
  type Job,
  type Output,
  type PassRow,
  type Video,
} from '../../src/jobs/model.js'
import type { JobView } from '../../src/jobs/use-cases.js'
import type { MediaFacts } from '../../src/plan/facts.js'

/** Records as the use cases return them. */
export const FACTS: MediaFacts = {
  format: 'mov,mp4,m4a,3gp,3g2,mj2',
  mimeType: 'video/mp4',
  extension: 'mp4',
  durationSec: 5.0416666,
  startSec: 0,
  sizeBytes: 1_000_000,
  bitRate: 1_600_000,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    codedWidth: 1920,
    codedHeight: 1080,
    width: 1080,
    height: 1920,
    rotation: 90,
    sampleAspect: { num: 1, den: 1 },
    frameRate: { num: 30_000, den: 1001 },
    frameCount: 151,
    startSec: 0,
    durationSec: 5.0416666,
    bitRate: 1_500_000,
    colorRange: 'tv',
    colorSpace: 'bt709',
  },
  audio: [
    { index: 1, codec: 'aac', sampleRate: 48_000, channels: 2, language: null, startSec: 0, durationSec: 5 },
  ],
}

export function makeVideo(change: Partial<Video> = {}): Video {
  const id = toVideoId(uuidv7())
  return {
    id,
    owner: LOCAL_OWNER,
    filename: `${id}.mp4`,
    originalFilename: 'clip.mp4',
    filePath: `uploads/${id}.mp4`,
    fileSize: 1_000_000,
    sha256: 'a'.repeat(64),
    mimeType: 'video/mp4',
    facts: FACTS,
    posterPath: null,
    status: 'ready',
    uploadTime: new Date('2026-01-02T03:04:05.006Z'),
    ...change,
  }
}

export function makeJob(change: Partial<Job> = {}): Job {
  const id = toJobId(uuidv7())
  return {
    id,
    owner: LOCAL_OWNER,
    videoId: toVideoId(uuidv7()),
    type: 'edit',
    status: 'processing',
    stage: 'rendering',
    progress: 42,
    config: {},
    edit: null,
    metadata: {},
    warnings: [],
    errorCode: null,
    errorMessage: null,
    workflowId: `edit-${id}`,
    priority: 3,
    createdAt: new Date('2026-01-02T03:04:05.006Z'),
    startedAt: null,
    renderStartedAt: null,
    finishedAt: null,
    ...change,
  }
}

export function makeOutput(job: Job, name: string, change: Partial<Output> = {}): Output {
  return {
    id: `${job.id.slice(0, -4)}0000` as Output['id'],
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
    outputName: name,
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

export function makeAsset(change: Partial<Asset> = {}): Asset {
  const name = change.name ?? 'logo.png'
  return {
    name,
    owner: LOCAL_OWNER,
    kind: 'image',
    filePath: `assets/${name}`,
    fileSize: 2048,
    sha256: 'c'.repeat(64),
    mimeType: 'image/png',
    facts: null,
    createdAt: new Date('2026-01-02T03:04:05.006Z'),
    ...change,
  }
}
