import { readdir } from 'node:fs/promises'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { close, connectDatabase, type Database } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { MIGRATIONS } from '../../src/db/migrations/list.js'
import type { Migration } from '../../src/db/migrations/migration.js'
import {
  type AssetKind,
  JOB_STATUSES,
  JOB_TYPES,
  type JobStage,
  type VideoStatus,
} from '../../src/jobs/model.js'
import type { PassKind } from '../../src/plan/model/plan.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { makeAsset, newJob, newPass, newPlan } from '../support/records.js'
import { selectAll, startJob, storeVideo, useDatabase } from './fixtures.js'

describe('migrate', () => {
  let testDatabase: TestDatabase
  let database: Database
  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    database = connectDatabase(testDatabase.url)
  })
  afterAll(async () => {
    await close(database)
    await testDatabase.drop()
  })

  test('may run in several processes at once, and repeatedly', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrate(database)))
    await migrate(database)
    const applied = await selectAll(database, 'SELECT name FROM schema_migrations ORDER BY name')
    expect(applied).toEqual(MIGRATIONS.map(({ name }) => ({ name })))
  })

  test('applies all pending migrations or none, and names the one that failed', async () => {
    const good: Migration = {
      name: '9001-good',
      up: ({ context }) => context.run('CREATE TABLE good (id int)'),
    }
    const bad: Migration = {
      name: '9002-bad',
      up: ({ context }) => context.run('CREATE TABLE videos (id int)'),
    }
    await expect(migrate(database, [...MIGRATIONS, good, bad])).rejects.toThrow('9002-bad')
    expect(await selectAll(database, "SELECT to_regclass('good') AS found")).toEqual([{ found: null }])

    await migrate(database, [...MIGRATIONS, good])
    expect(await selectAll(database, "SELECT to_regclass('good')::text AS found")).toEqual([
      { found: 'good' },
    ])
  })

  test('lists every file of the folder, in order', async () => {
    const files = await readdir(new URL('../../src/db/migrations', import.meta.url))
    const numbered = files.filter((file) => /^\d/.test(file)).map((file) => file.replace(/\.ts$/, ''))
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(numbered.toSorted())
  })
})

describe('the schema', () => {
  const { database, repositories } = useDatabase()

  /** A new member of a union does not compile here until it is listed, and fails until it is migrated. */
  const videoStatuses = { processing: 0, ready: 0, failed: 0 } satisfies Record<VideoStatus, 0>
  const jobStages = {
    queued: 0,
    probing: 0,
    planning: 0,
    rendering: 0,
    packaging: 0,
    finishing: 0,
    done: 0,
  } satisfies Record<JobStage, 0>
  const passKinds = {
    trim: 0,
    overlay: 0,
    watermark: 0,
    transcode: 0,
    encodeAudio: 0,
    thumbnails: 0,
    measureLoudness: 0,
    assemble: 0,
    package: 0,
  } satisfies Record<PassKind, 0>
  const assetKinds = { image: 0, video: 0, audio: 0, subtitle: 0, font: 0 } satisfies Record<AssetKind, 0>

  test.each([
    ['videos', 'status', Object.keys(videoStatuses)],
    ['jobs', 'job_type', JOB_TYPES],
    ['jobs', 'status', JOB_STATUSES],
    ['jobs', 'stage', Object.keys(jobStages)],
    ['passes', 'status', JOB_STATUSES],
    ['passes', 'kind', Object.keys(passKinds)],
    ['assets', 'kind', Object.keys(assetKinds)],
  ])('%s.%s holds every member of its union and nothing else', async (table, column, members) => {
    await startJob(repositories(), newPlan([newPass('a', 1)]))
    await repositories().assets.insert(makeAsset(`${uuidv7()}.png`))
    await database().sequelize.query('UPDATE jobs SET progress = 0')
    const write = (value: string) =>
      database().sequelize.query(`UPDATE ${table} SET ${column} = $value`, { bind: { value } })
    for (const member of members) await write(member)
    await expect(write('other')).rejects.toThrow('violates check constraint')
  })

  test('has an index for every list route', async () => {
    const { video } = await storeVideo(repositories())
    await repositories().jobs.create(newJob(video.id), null)
    const lists = {
      videos_list: "SELECT * FROM videos WHERE owner = 'o' ORDER BY upload_time DESC, id DESC LIMIT 1",
      jobs_list: "SELECT * FROM jobs WHERE owner = 'o' ORDER BY created_at DESC, id DESC LIMIT 1",
      jobs_list_by_status:
        "SELECT * FROM jobs WHERE owner = 'o' AND status = 'failed' ORDER BY created_at DESC, id DESC LIMIT 1",
    }
    for (const [index, sql] of Object.entries(lists)) {
      const plan = await database().sequelize.transaction(async (transaction) => {
        // PostgreSQL reads tables of a few rows whole unless it is told not to.
        await database().sequelize.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off', {
          transaction,
        })
        return database().sequelize.query(`EXPLAIN ${sql}`, { transaction })
      })
      expect(JSON.stringify(plan)).toContain(`Index Scan using ${index} `)
    }
  })
})
