import { expect, test } from 'vitest'
import { createRepositories } from '../../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../../src/db/database.js'
import { migrate } from '../../../src/db/migrate.js'
import type { QueueLimits } from '../../../src/db/repositories/queue-limit.js'
import type { Owner } from '../../../src/jobs/model.js'
import type { Repositories } from '../../../src/jobs/ports/repositories.js'
import { createTestDatabase } from '../../support/database.js'
import { newJob } from '../../support/records.js'
import { storeVideo } from '../fixtures.js'

async function withLimits(
  limits: QueueLimits,
  story: (repositories: Repositories) => Promise<void>,
): Promise<void> {
  const testDatabase = await createTestDatabase()
  const database = connectDatabase(testDatabase.url)
  try {
    await migrate(database)
    await story(createRepositories(database, limits))
  } finally {
    await close(database)
    await testDatabase.drop()
  }
}

test('jobs beyond the limit are refused until one ends; a repeated request is not', async () => {
  await withLimits({ ofAll: 2, ofOwner: null }, async (repositories) => {
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
  })
})

test('an owner has a limit of his own, which many requests at once do not pass, and which stops no other', async () => {
  await withLimits({ ofAll: 1000, ofOwner: 3 }, async (repositories) => {
    const { jobs } = repositories
    const make = async (owner: Owner) => {
      const { video } = await storeVideo(repositories, { owner })
      return Promise.allSettled(
        Array.from({ length: 20 }, () => jobs.create(newJob(video.id, { owner }), null)),
      )
    }
    const [ofAcme, ofBravo] = await Promise.all([make('acme' as Owner), make('bravo' as Owner)])
    for (const outcomes of [ofAcme, ofBravo]) {
      const refused = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      )
      expect(refused).toHaveLength(17)
      expect(refused[0]).toMatchObject({
        code: 'queue-full',
        message:
          '3 of your jobs have not ended, which is the maximum of one owner. Try again when one has ended.',
      })
    }
    expect(await repositories.usage.countJobs('acme' as Owner)).toEqual({ queued: 3, running: 0 })
  })
})
