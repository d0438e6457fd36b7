import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test, vi } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { checkDatabase, close, connectDatabase } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { type JobId, LOCAL_OWNER, type VideoId } from '../../src/jobs/model.js'
import { createTestDatabase } from '../support/database.js'
import { makeAsset, makeKey, newJob, newPlan, newVideo } from '../support/records.js'
import { keepFiles, newOutput } from './fixtures.js'
import { openFlakyLink } from './flaky-link.js'

const UNAVAILABLE = { name: 'AppError', code: 'db-unavailable' }
/** Nothing listens on port 9 (`discard`). */
const NOWHERE = 'postgres://nobody@127.0.0.1:9/none'

describe.concurrent('when PostgreSQL is unavailable', () => {
  test('every method of every repository throws that error', async () => {
    const database = connectDatabase(NOWHERE)
    const { videos, jobs, passes, outputs, assets, apiKeys } = createRepositories(database)
    const video = newVideo()
    const job = newJob(video.id)
    const id = uuidv7() as JobId
    const page = { limit: 1, after: null }
    const end = { status: 'failed', errorCode: null, errorMessage: null } as const
    const before = { lufs: -20, truePeakDb: -3 }
    const measured = { gainDb: 1, ceilingDb: -1, before, after: before }
    const calls: Record<string, () => Promise<unknown>> = {
      'videos.get': () => videos.get(LOCAL_OWNER, video.id),
      'videos.getById': () => videos.getById(video.id),
      'videos.getByFilename': () => videos.getByFilename(LOCAL_OWNER, 'a.mp4'),
      'videos.list': () => videos.list(LOCAL_OWNER, { skip: 0, limit: 1 }),
      'videos.saveFacts': () => videos.saveFacts(video.id, video.facts),
      'videos.markReady': () => videos.markReady(video.id, video.facts, null),
      'videos.delete': () => videos.delete(LOCAL_OWNER, uuidv7() as VideoId, keepFiles),
      'jobs.createUpload': () => jobs.createUpload(video, job, null),
      'jobs.create': () => jobs.create(job, { key: 'k', fingerprint: 'f' }),
      'jobs.recall': () => jobs.recall(LOCAL_OWNER, { key: 'k', fingerprint: 'f' }),
      'jobs.get': () => jobs.get(LOCAL_OWNER, id),
      'jobs.getWhole': () => jobs.getWhole(LOCAL_OWNER, id),
      'jobs.getById': () => jobs.getById(id),
      'jobs.list': () => jobs.list(LOCAL_OWNER, {}, page),
      'jobs.listByIds': () => jobs.listByIds([id]),
      'jobs.listVersions': () => jobs.listVersions([id]),
      'jobs.markStarted': () => jobs.markStarted(job.id),
      'jobs.listUnstarted': () => jobs.listUnstarted({ from: new Date(), to: new Date() }, 1),
      'jobs.listStarted': () => jobs.listStarted(new Set(), 10),
      'jobs.noteSweep': () => jobs.noteSweep(id),
      'jobs.listExpirable': () => jobs.listExpirable(new Date(), 10),
      'jobs.expire': () => jobs.expire(job.id, new Date(), keepFiles),
      'jobs.cleanBroken': () => jobs.cleanBroken(job.id, new Date(), keepFiles),
      'jobs.enterStage': () => jobs.enterStage(id, 'probing'),
      'jobs.savePlan': () => jobs.savePlan(id, newPlan([])),
      'jobs.addWarning': () => jobs.addWarning(id, { code: 'no-audio', message: '' }),
      'jobs.loadPlan': () => jobs.loadPlan(id),
      'jobs.finish': () => jobs.finish(id, end),
      'jobs.restart': () => jobs.restart(id, 'edit-x', 'edit-x.2'),
      'jobs.delete': () => jobs.delete(LOCAL_OWNER, id, keepFiles),
      'passes.list': () => passes.list(id),
      'passes.listForJobs': () => passes.listForJobs([id]),
      'passes.begin': () => passes.begin(id, 'a', { number: 1, worker: 'w' }),
      'passes.report': () => passes.report(id, 'a', { number: 1, worker: 'w' }, { done: 0.5, speed: 1 }),
      'passes.complete': () => passes.complete(id, 'a', [newOutput(job, 'a')]),
      'passes.completeMeasurement': () => passes.completeMeasurement(id, 'a', measured),
      'passes.listMeasured': () => passes.listMeasured(id),
      'passes.listDecoded': () => passes.listDecoded(id, 'a'),
      'passes.fail': () => passes.fail(id, 'a', { number: 1, worker: 'w' }, 'internal'),
      'outputs.list': () => outputs.list(id),
      'outputs.findStored': () => outputs.findStored(LOCAL_OWNER, ['a']),
      'outputs.listForJobs': () => outputs.listForJobs([id]),
      'assets.get': () => assets.get(LOCAL_OWNER, 'a.png'),
      'assets.list': () => assets.list(LOCAL_OWNER),
      'assets.listByIds': () => assets.listByIds([makeAsset('a.png').id]),
      'assets.getByFile': () => assets.getByFile('asset-files/a'),
      'assets.insert': () => assets.insert(makeAsset('a.png')),
      'assets.retire': () => assets.retire(LOCAL_OWNER, 'a.png'),
      'assets.listUnneeded': () => assets.listUnneeded(1),
      'assets.remove': () => assets.remove(makeAsset('a.png').id, keepFiles),
      'apiKeys.get': () => apiKeys.get('a'),
      'apiKeys.list': () => apiKeys.list(),
      'apiKeys.insert': () => apiKeys.insert(makeKey()),
      'apiKeys.revoke': () => apiKeys.revoke('a', new Date()),
      'apiKeys.noteUse': () => apiKeys.noteUse('a', new Date(), new Date()),
      checkDatabase: () => checkDatabase(database),
      migrate: () => migrate(database),
    }
    const methods = Object.entries({ videos, jobs, passes, outputs, assets, apiKeys }).flatMap(
      ([name, repository]) => Object.keys(repository).map((method) => `${name}.${method}`),
    )
    expect(Object.keys(calls)).toEqual(expect.arrayContaining(methods))
    for (const [name, call] of Object.entries(calls)) {
      await expect(call(), name).rejects.toMatchObject(UNAVAILABLE)
    }
    await close(database)
  })

  test('many calls at once fail within seconds', async () => {
    const database = connectDatabase(NOWHERE)
    const startedAt = performance.now()
    const calls = Array.from({ length: 50 }, () => checkDatabase(database))
    const outcomes = await Promise.allSettled(calls)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: UNAVAILABLE })
    expect(performance.now() - startedAt).toBeLessThan(6000)
    await close(database)
  })

  test('and returns, the same pool works again', async () => {
    const testDatabase = await createTestDatabase()
    const link = await openFlakyLink(testDatabase.url)
    const database = connectDatabase(link.url)
    await migrate(database)
    const { jobs } = createRepositories(database)
    const poll = () => jobs.getWhole(LOCAL_OWNER, uuidv7() as JobId)
    await Promise.all(Array.from({ length: 5 }, () => [checkDatabase(database), poll()]).flat())
    link.cut()
    await expect(checkDatabase(database)).rejects.toMatchObject(UNAVAILABLE)
    await expect(poll()).rejects.toMatchObject(UNAVAILABLE)
    link.mend()
    // The pool may still hand out connections that have ended without its knowledge.
    await vi.waitFor(() => checkDatabase(database))
    await vi.waitFor(poll)
    await close(database)
    await link.close()
    await testDatabase.drop()
  })

  test('in the middle of a statement or a transaction, both fail with that error and the pool keeps working', async () => {
    const testDatabase = await createTestDatabase()
    const link = await openFlakyLink(testDatabase.url)
    const database = connectDatabase(link.url)
    await migrate(database)
    const { jobs } = createRepositories(database)
    const video = newVideo()
    await jobs.createUpload(video, newJob(video.id), null)
    await database.sequelize
      .transaction(async (transaction) => {
        await database.videos.findOne({ where: { id: video.id }, lock: true, transaction })
        const blocked = jobs.create(newJob(video.id), { key: 'k', fingerprint: 'f' })
        const expectation = expect(blocked).rejects.toMatchObject(UNAVAILABLE)
        await new Promise((resolve) => setTimeout(resolve, 200))
        link.cut()
        await expectation
      })
      .catch(() => undefined)
    link.mend()
    expect(await jobs.create(newJob(video.id), { key: 'k', fingerprint: 'f' })).toEqual({ kind: 'created' })
    await close(database)
    await link.close()
    await testDatabase.drop()
  })

  test('a server that accepts connections but never answers causes the error, too', async () => {
    const testDatabase = await createTestDatabase()
    const link = await openFlakyLink(testDatabase.url)
    link.freeze()
    const database = connectDatabase(link.url)
    const startedAt = performance.now()
    await expect(checkDatabase(database)).rejects.toMatchObject(UNAVAILABLE)
    expect(performance.now() - startedAt).toBeLessThan(6000)
    await link.close()
    await close(database)
    await testDatabase.drop()
  })

  test('a server that stops answering while it is used causes the error, too', async () => {
    const testDatabase = await createTestDatabase()
    const link = await openFlakyLink(testDatabase.url)
    const database = connectDatabase(link.url)
    await migrate(database)
    const { jobs } = createRepositories(database)
    const poll = () => jobs.getWhole(LOCAL_OWNER, uuidv7() as JobId)
    await Promise.all([checkDatabase(database), poll()])
    link.freeze()
    const startedAt = performance.now()
    const stuck = [checkDatabase(database), poll()]
    await Promise.all(stuck.map((call) => expect(call).rejects.toMatchObject(UNAVAILABLE)))
    expect(performance.now() - startedAt).toBeLessThan(12_000)
    link.mend()
    await Promise.all([checkDatabase(database), poll()])
    await link.close()
    await close(database)
    await testDatabase.drop()
  })
})

test('a server that ends our session causes an error, and the pool keeps working', async () => {
  const testDatabase = await createTestDatabase()
  const database = connectDatabase(testDatabase.url)
  const suicide = database.sequelize.query('SELECT pg_terminate_backend(pg_backend_pid())')
  await expect(suicide).rejects.toThrow()
  await vi.waitFor(() => checkDatabase(database))
  await close(database)
  await testDatabase.drop()
})
