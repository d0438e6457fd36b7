import { setTimeout } from 'node:timers/promises'
import { QueryTypes } from 'sequelize'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase, type Database } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { LOCAL_OWNER, type Asset, type JobId, type Output, type OutputId } from '../../src/jobs/model.js'
import type { VideoId } from '../../src/jobs/model.js'
import type { NewJob, NewVideo, Repositories } from '../../src/jobs/ports.js'
import type { MediaFacts } from '../../src/plan/facts.js'
import type { Pass, Plan } from '../../src/plan/plan.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

/** Vitest types it as any. */
export const ANY_DATE: unknown = expect.any(Date)

export const SHA256 = 'a'.repeat(64)

export const FACTS: MediaFacts = {
  format: 'mov,mp4,m4a,3gp,3g2,mj2',
  extension: 'mp4',
  mimeType: 'video/mp4',
  durationSec: 12.5,
  startSec: 0,
  sizeBytes: 5_000_000_000,
  bitRate: 3_200_000,
  video: {
    index: 0,
    codec: 'h264',
    profile: 'High',
    pixelFormat: 'yuv420p',
    codedWidth: 1920,
    codedHeight: 1080,
    width: 1920,
    height: 1080,
    rotation: 0,
    sampleAspect: { num: 1, den: 1 },
    frameRate: { num: 30_000, den: 1001 },
    frameCount: 375,
    startSec: 0,
    durationSec: 12.5,
    bitRate: 3_000_000,
    colorRange: 'tv',
    colorSpace: 'bt709',
  },
  audio: [],
}

/** A database with the schema, for all tests of a file. */
export function useDatabase(): { database: () => Database; repositories: () => Repositories } {
  let home: { testDatabase: TestDatabase; database: Database; repositories: Repositories } | undefined
  beforeAll(async () => {
    const testDatabase = await createTestDatabase()
    const database = connectDatabase(testDatabase.url)
    await migrate(database)
    home = { testDatabase, database, repositories: createRepositories(database) }
  })
  afterAll(async () => {
    if (home) await close(home.database)
    await home?.testDatabase.drop()
  })
  const ready = () => {
    if (!home) throw new Error('the database is there only while tests run')
    return home
  }
  return { database: () => ready().database, repositories: () => ready().repositories }
}

export function newVideo(changes: Partial<NewVideo> = {}): NewVideo {
  const id = changes.id ?? (uuidv7() as VideoId)
  return {
    id,
    owner: LOCAL_OWNER,
    filename: `${id}.mp4`,
    originalFilename: 'holiday.mp4',
    filePath: `uploads/${id}.mp4`,
    fileSize: 5_000_000_000,
    sha256: SHA256,
    mimeType: 'video/mp4',
    facts: FACTS,
    uploadTime: new Date(),
    ...changes,
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
    edit: { operations: [], output: { qualities: ['720p'] } },
    metadata: { ref: 'A-17' },
    workflowId: `edit-${id}`,
    priority: 3,
    createdAt: new Date(),
    assetNames: [],
    ...changes,
  }
}

/** A video whose upload job has completed. */
export async function storeVideo(
  { jobs }: Repositories,
  changes: Partial<NewVideo> = {},
): Promise<{ video: NewVideo; uploadJobId: JobId }> {
  const video = newVideo(changes)
  const job = newJob(video.id, { owner: video.owner, type: 'upload', edit: null })
  await jobs.createUpload(video, job, null)
  await jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
  return { video, uploadJobId: job.id }
}

/** A job with the plan, at the stage `rendering`. */
export async function startJob(repositories: Repositories, plan: Plan): Promise<NewJob> {
  const { video } = await storeVideo(repositories)
  const job = newJob(video.id)
  await repositories.jobs.create(job, null)
  await repositories.jobs.savePlan(job.id, plan)
  await repositories.jobs.enterStage(job.id, 'rendering')
  return job
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
    encode: {
      videoPad: 'o',
      audioPad: null,
      video: { codec: 'jpeg', quantiser: 2 },
      audio: null,
      container: 'jpg',
      expected: {
        width: 1280,
        height: 720,
        frameRate: { num: 25, den: 1 },
        frameCount: 1,
        durationSec: 0.04,
        hasAudio: false,
      },
    },
    outputName: name,
    cost,
  }
}

export function newPlan(passes: readonly Pass[]): Plan {
  return {
    version: 1,
    passes,
    outputs: [],
    warnings: [{ code: 'no-audio', message: 'The source has no sound' }],
  }
}

export function newOutput(job: NewJob, name: string, changes: Partial<Output> = {}): Output {
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: `${name}.mp4`,
    filePath: `processed/${job.id}/${name}.mp4`,
    fileSize: 6_000_000_000,
    sha256: SHA256,
    processingType: job.type,
    quality: null,
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 1280,
    height: 720,
    frameRate: 29.97,
    duration: 12.5,
    bitRate: 2_500_000,
    createdAt: new Date(),
    ...changes,
  }
}

export function newAsset(name: string, changes: Partial<Asset> = {}): Asset {
  return {
    name,
    owner: LOCAL_OWNER,
    kind: 'image',
    filePath: `assets/${name}`,
    fileSize: 1234,
    sha256: SHA256,
    mimeType: 'image/png',
    facts: null,
    createdAt: new Date(),
    ...changes,
  }
}

export async function selectAll(database: Database, sql: string, bind: Record<string, unknown> = {}) {
  return database.sequelize.query<Record<string, unknown>>(sql, { bind, type: QueryTypes.SELECT })
}

/** Whether the work ends by itself within a moment, or waits for a lock. */
export async function isDoneSoon(work: Promise<unknown>): Promise<boolean> {
  const done = work.then(
    () => true,
    () => true,
  )
  return Promise.race([done, setTimeout(200, false)])
}
