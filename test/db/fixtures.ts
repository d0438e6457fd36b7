import { setTimeout } from 'node:timers/promises'
import { QueryTypes } from 'sequelize'
import { afterAll, beforeAll, expect } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase, type Database } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import type { JobId, Output } from '../../src/jobs/model.js'
import type { NewJob, NewVideo, Repositories } from '../../src/jobs/ports/repositories.js'
import type { Plan } from '../../src/plan/model/plan.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { makeOutput, newJob, newVideo } from '../support/records.js'

/** Vitest types the value as any. */
export const ANY_DATE: unknown = expect.any(Date)

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
export async function startJob(
  repositories: Repositories,
  plan: Plan,
  changes: Partial<NewJob> = {},
): Promise<NewJob> {
  const { video } = await storeVideo(repositories)
  const job = newJob(video.id, changes)
  await repositories.jobs.create(job, null)
  await repositories.jobs.savePlan(job.id, plan)
  await repositories.jobs.enterStage(job.id, 'rendering')
  return job
}

/** An output whose size does not fit in 32 bits. */
export function newOutput(job: NewJob, name: string, changes: Partial<Output> = {}): Output {
  return makeOutput(job, name, { fileSize: 6_000_000_000, ...changes })
}

/** A callback for deletions in tests that do not look at files. */
export const keepFiles = () => Promise.resolve()

export async function selectAll(database: Database, sql: string, bind: Record<string, unknown> = {}) {
  return database.sequelize.query<Record<string, unknown>>(sql, { bind, type: QueryTypes.SELECT })
}

/** Whether the work ends by itself within a moment; otherwise it waits for a lock. */
export async function isDoneSoon(work: Promise<unknown>): Promise<boolean> {
  const done = work.then(
    () => true,
    () => true,
  )
  return Promise.race([done, setTimeout(200, false)])
}
