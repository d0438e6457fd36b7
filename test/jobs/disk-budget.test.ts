import { describe, expect, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { migrate } from '../../src/db/migrate.js'
import { requireRoom } from '../../src/jobs/disk-budget.js'
import { submitEdit } from '../../src/jobs/edits/submit-edit.js'
import { createIncomingFolders } from '../../src/jobs/incoming-folders.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import { storeVideo } from '../db/fixtures.js'
import { createTestDatabase } from '../support/database.js'
import { newJob } from '../support/records.js'
import { editRequest, useWorld } from './world.js'

const world = useWorld()

const DISK_FULL = { code: 'disk-full' }

/** The world on a disk with so many bytes left, of which 1000 must stay free. */
function withFree(bytes: number) {
  const { deps } = world()
  const storage = { ...deps.storage, freeBytes: () => Promise.resolve(bytes) }
  return { ...deps, storage, minFreeDiskBytes: 1000 }
}

describe('the disk', () => {
  test('keeps what must stay free', async () => {
    await expect(requireRoom(withFree(1500), 500)).resolves.toBe(500)
    await expect(requireRoom(withFree(1500), 501)).rejects.toMatchObject(DISK_FULL)
  })

  test('tells what is free', async () => {
    expect(await world().deps.storage.freeBytes()).toBeGreaterThan(0)
  })

  test('has room for all uploads under way, not for each alone', async () => {
    const createFolder = createIncomingFolders(withFree(2000))
    const outcomes = await Promise.allSettled([createFolder(600), createFolder(600)])
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.remove()
    const { remove } = await createFolder(1000)
    await expect(createFolder(1)).rejects.toMatchObject(DISK_FULL)
    await remove()
    await (await createFolder(1000)).remove()
    expect(await world().deps.storage.listWorkspaces()).toEqual([])
  })

  test('refuses an edit that would not fit, and leaves no job of it', async () => {
    const video = await world().addVideo()
    const submit = (free: number) => submitEdit(withFree(free), LOCAL_OWNER, editRequest(video), null)
    await expect(submit(2000)).rejects.toMatchObject(DISK_FULL)
    const page = { limit: 10, after: null }
    const { jobs } = world().deps.repositories
    expect(await jobs.list(LOCAL_OWNER, { videoId: video.id, type: 'quality' }, page)).toEqual([])
    expect((await submit(1e12)).created).toBe(true)
  })
})

test('jobs beyond the limit are refused until one ends; a repeated request is not', async () => {
  const testDatabase = await createTestDatabase()
  const database = connectDatabase(testDatabase.url)
  try {
    await migrate(database)
    const repositories = createRepositories(database, 2)
    const { jobs } = repositories
    const { video } = await storeVideo(repositories)
    const [first, second, third] = [newJob(video.id), newJob(video.id), newJob(video.id)]
    const idempotency = { key: 'k', fingerprint: 'f' }
    await jobs.create(first, idempotency)
    await jobs.create(second, null)
    const full = { code: 'queue-full', message: 'There are 2 jobs that have not ended: try again later.' }
    await expect(jobs.create(third, null)).rejects.toMatchObject(full)
    await expect(jobs.create(third, { key: 'other', fingerprint: 'f' })).rejects.toMatchObject(full)
    expect(await jobs.create(third, idempotency)).toEqual({ kind: 'existing', jobId: first.id })
    await jobs.finish(first.id, { status: 'failed', errorCode: 'internal', errorMessage: '' })
    expect(await jobs.create(third, { key: 'other', fingerprint: 'f' })).toEqual({ kind: 'created' })
    await expect(jobs.restart(first.id, first.workflowId, 'again')).rejects.toMatchObject(full)
    expect(await jobs.getById(first.id)).toMatchObject({ status: 'failed' })
  } finally {
    await close(database)
    await testDatabase.drop()
  }
})
