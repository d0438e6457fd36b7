import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import { newJob, newVideo } from '../../support/records.js'
import { keepFiles, selectAll, storeVideo, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const

function newKey() {
  return { key: `key-${uuidv7()}`, fingerprint: 'fingerprint-1' }
}

describe('an idempotency key', () => {
  test('makes one job of twenty creates at the same time', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const idempotency = newKey()
    const candidates = Array.from({ length: 20 }, () => newJob(video.id))
    const outcomes = await Promise.all(candidates.map((job) => jobs.create(job, idempotency)))

    const winners = candidates.filter((_, index) => outcomes[index]?.kind === 'created')
    expect(winners).toHaveLength(1)
    const others = outcomes.filter(({ kind }) => kind !== 'created')
    expect(others).toEqual(Array.from({ length: 19 }, () => ({ kind: 'existing', jobId: winners[0]?.id })))
    expect(
      await selectAll(database(), "SELECT id FROM jobs WHERE video_id = $id AND job_type = 'edit'", {
        id: video.id,
      }),
    ).toEqual([{ id: winners[0]?.id }])
  })

  test('makes one video of twenty uploads at the same time', async () => {
    const { jobs } = repositories()
    const owner = 'uploader' as Owner
    const idempotency = newKey()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => {
        const video = newVideo({ owner })
        return jobs.createUpload(video, newJob(video.id, { owner, type: 'upload' }), idempotency)
      }),
    )
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'existing')).toHaveLength(19)
    expect((await repositories().videos.list(owner, { skip: 0, limit: 10 })).total).toBe(1)
  })

  test('is refused for another request, at the same time as well', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const { key } = newKey()
    const fingerprints = Array.from({ length: 10 }, (_, index) => `fingerprint-${index}`)
    const outcomes = await Promise.all(
      fingerprints.map((fingerprint) => jobs.create(newJob(video.id), { key, fingerprint })),
    )
    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1)
    expect(outcomes.filter(({ kind }) => kind === 'key-reused')).toHaveLength(9)
  })

  test('is found again with its job, by the same request alone', async () => {
    const { jobs } = repositories()
    const idempotency = newKey()
    expect(await jobs.recall(LOCAL_OWNER, idempotency)).toBeNull()
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await jobs.create(job, idempotency)
    expect(await jobs.recall(LOCAL_OWNER, idempotency)).toEqual({ kind: 'existing', jobId: job.id })
    const other = { ...idempotency, fingerprint: 'another' }
    expect(await jobs.recall(LOCAL_OWNER, other)).toEqual({ kind: 'key-reused' })
    expect(await jobs.recall('somebody' as Owner, idempotency)).toBeNull()
  })

  test('belongs to its owner', async () => {
    const { jobs } = repositories()
    const idempotency = newKey()
    for (const owner of [LOCAL_OWNER, 'somebody' as Owner]) {
      const { video } = await storeVideo(repositories(), { owner })
      expect(await jobs.create(newJob(video.id, { owner }), idempotency)).toEqual({ kind: 'created' })
    }
  })

  test('is free again when its job could not be made', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const idempotency = newKey()
    const orphan = newJob(newVideo().id)
    await expect(jobs.create(orphan, idempotency)).rejects.toMatchObject({ code: 'video-not-found' })
    expect(await jobs.create(newJob(video.id), idempotency)).toEqual({ kind: 'created' })
  })

  test('is free again when its job was deleted', async () => {
    const { jobs, videos } = repositories()
    const idempotency = newKey()
    const { video: first } = await storeVideo(repositories())
    const job = newJob(first.id)
    await jobs.create(job, idempotency)
    await jobs.finish(job.id, CANCELLED)
    await videos.delete(LOCAL_OWNER, first.id, keepFiles)

    const { video: second } = await storeVideo(repositories())
    expect(await jobs.create(newJob(second.id), idempotency)).toEqual({ kind: 'created' })
  })

  test('that is too long for an index is refused', async () => {
    const { video } = await storeVideo(repositories())
    const idempotency = { key: 'k'.repeat(100_000), fingerprint: 'f' }
    const creation = repositories().jobs.create(newJob(video.id), idempotency)
    await expect(creation).rejects.toMatchObject({ code: 'request-invalid' })
  })

  test('is not required', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    expect(await jobs.create(newJob(video.id), null)).toEqual({ kind: 'created' })
    expect(await jobs.create(newJob(video.id), null)).toEqual({ kind: 'created' })
  })
})
