import { expect, test } from 'vitest'
import { createRepositories } from '../../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../../src/db/database.js'
import { migrate } from '../../../src/db/migrate.js'
import { createTestDatabase } from '../../support/database.js'
import { newJob } from '../../support/records.js'
import { storeVideo } from '../fixtures.js'

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
    const full = {
      code: 'queue-full',
      message: '2 jobs have not ended, which is the maximum. Try again later.',
    }
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
