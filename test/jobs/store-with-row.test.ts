import { readFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { AppError } from '../../src/errors.js'
import { acceptUpload } from '../../src/jobs/accept-upload.js'
import { createAsset, openAsset } from '../../src/jobs/assets/assets.js'
import type { JobsDeps } from '../../src/jobs/deps.js'
import { keepHouse } from '../../src/jobs/housekeeping/keep-house.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import type { Repositories } from '../../src/jobs/ports/repositories.js'
import { storeWithRow } from '../../src/jobs/store-with-row.js'
import { selectAll, useDatabase } from '../db/fixtures.js'
import { until } from '../support/until.js'
import { useWorld } from './world.js'

const world = useWorld()
const { database } = useDatabase()

/** What stores a file with its row, and how to ask for the row. */
const KINDS = {
  'an asset': {
    root: 'asset-files/',
    send: async (deps: JobsDeps) =>
      createAsset(deps, LOCAL_OWNER, { name: 'clip.mp4', file: await world().receive('a clip') }),
    rows: async ({ assets }: Repositories) => (await assets.list(LOCAL_OWNER)).length,
    /** The statement before the one that makes the row last. */
    before: /pg_backend_pid/,
  },
  'an upload': {
    root: 'uploads/',
    send: async (deps: JobsDeps) =>
      acceptUpload(deps, LOCAL_OWNER, { file: await world().receive('a clip') }, null),
    rows: async ({ videos }: Repositories) => (await videos.list(LOCAL_OWNER, { skip: 0, limit: 9 })).total,
    // Only the commit follows.
    before: /INSERT INTO "jobs"/,
  },
} as const

/** The world with repositories of which `before` runs before the row is inserted. */
function insertingAfter(repositories: Repositories, before: () => Promise<void>): JobsDeps {
  const { assets, jobs } = repositories
  const insert: typeof assets.insert = async (...args) => before().then(() => assets.insert(...args))
  const createUpload: typeof jobs.createUpload = async (...args) =>
    before().then(() => jobs.createUpload(...args))
  return {
    ...world().deps,
    repositories: { ...repositories, assets: { ...assets, insert }, jobs: { ...jobs, createUpload } },
  }
}

describe.each(Object.entries(KINDS))('%s', (_kind, { root, send, rows, before: statement }) => {
  const filesOfKind = async () => (await world().files()).filter((file) => file.startsWith(root))

  test('whose row PostgreSQL writes after it had stood still has its file', async () => {
    let pid = 0
    const slow = connectDatabase(database().url, (sql) => {
      if (pid > 0 && statement.test(sql)) process.kill(pid, 'SIGSTOP')
    })
    onTestFinished(() => close(slow))
    onTestFinished(() => {
      if (pid > 0) process.kill(pid, 'SIGCONT')
    })
    const deps = insertingAfter(createRepositories(slow), async () => {
      // The pool has this one connection by now.
      const askPid = () => selectAll(slow, 'SELECT pg_backend_pid() AS pid')
      pid = Number((await askPid())[0]?.['pid'])
      await askPid()
    })
    const others = createRepositories(database())
    const count = await rows(others)
    await expect(send(deps)).rejects.toMatchObject({ code: 'db-unavailable' })
    expect(await rows(others)).toBe(count)
    process.kill(pid, 'SIGCONT')
    pid = 0
    await until('PostgreSQL has written the row', async () => (await rows(others)) > count)
    expect(await filesOfKind()).toHaveLength(1)
  }, 60_000)

  test('whose row never came leaves a file that housekeeping removes, and hinders nothing', async () => {
    const away = new AppError('db-unavailable', 'PostgreSQL is not available')
    const { deps } = world()
    await expect(send(insertingAfter(deps.repositories, () => Promise.reject(away)))).rejects.toBe(away)
    expect(await filesOfKind()).toHaveLength(1)
    await send(deps)
    expect(await filesOfKind()).toHaveLength(2)
    const retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
    const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000)
    expect(await keepHouse({ ...deps, retention }, inDays(6))).toMatchObject({ orphans: 0 })
    expect(await keepHouse({ ...deps, retention }, inDays(8))).toMatchObject({ orphans: 1 })
    expect(await filesOfKind()).toHaveLength(1)
  })
})

test('an asset is not answered while PostgreSQL stands still, and is whole when it is asked for again', async () => {
  const { deps } = world()
  const request = async () => ({
    name: 'again.mp4',
    file: await world().receive('the same'),
    mayRepeat: true,
  })
  const away = new AppError('db-unavailable', 'PostgreSQL is not available')
  const late: (() => Promise<boolean>)[] = []
  const { assets } = deps.repositories
  const insert: typeof assets.insert = (...args) => {
    late.push(() => assets.insert(...args))
    return Promise.reject(away)
  }
  const slow = { ...deps, repositories: { ...deps.repositories, assets: { ...assets, insert } } }
  await expect(createAsset(slow, LOCAL_OWNER, await request())).rejects.toBe(away)
  await Promise.all(late.map((write) => write()))
  await createAsset(deps, LOCAL_OWNER, await request())
  const { open, sizeBytes } = await openAsset(deps, LOCAL_OWNER, 'again.mp4')
  expect((await open({ start: 0, end: sizeBytes - 1 }).then((stream) => stream.toArray())).join('')).toBe(
    'the same',
  )
})

test('a file is in its place before its row is written', async () => {
  const { path: localFile } = await world().receive('a clip')
  const seen = await storeWithRow(world().deps, {
    key: 'uploads/a.mp4',
    localFile,
    insert: async () => readFile(await world().fetch('uploads/a.mp4'), 'utf8'),
    isInserted: () => true,
  })
  expect(seen).toBe('a clip')
})
