import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { type JsonObject, LOCAL_OWNER, type Owner, type VideoId } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { makeAsset, newJob, newVideo } from '../../support/records.js'
import { storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

describe('creating a job', () => {
  test('stores what it was given and starts as pending', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id, { metadata: { nested: { list: [1, 'two', null, { three: true }] } } })

    expect(await jobs.create(job, null)).toEqual({ kind: 'created' })

    const given = withoutUsed(job)
    const saved = { status: 'pending', stage: 'queued', progress: 0, warnings: [] }
    const absent = {
      errorCode: null,
      errorMessage: null,
      startedAt: null,
      renderStartedAt: null,
      finishedAt: null,
      expiredAt: null,
    }
    expect(await jobs.get(LOCAL_OWNER, job.id)).toEqual({ ...given, ...saved, ...absent })
    expect(await jobs.getById(job.id)).toEqual({ ...given, ...saved, ...absent })
  })

  test('has no edit for an upload', async () => {
    const video = newVideo()
    const job = newJob(video.id, { type: 'upload', edit: null })
    await repositories().jobs.createUpload(video, job, null)
    expect((await repositories().jobs.getById(job.id))?.edit).toBeNull()
  })

  test('is hidden from another owner', async () => {
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await repositories().jobs.create(job, null)
    expect(await repositories().jobs.get('somebody' as Owner, job.id)).toBeNull()
  })

  test('refuses a video that no longer exists', async () => {
    for (const videoId of [uuidv7(), 'no-uuid'] as VideoId[]) {
      const creation = repositories().jobs.create(newJob(videoId), { key: uuidv7(), fingerprint: 'f' })
      await expect(creation).rejects.toMatchObject({ code: 'video-not-found' })
    }
  })

  test('refuses an asset that no longer exists, and leaves nothing behind', async () => {
    const { video } = await storeVideo(repositories())
    const idempotency = { key: uuidv7(), fingerprint: 'f' }
    const asset = makeAsset('gone.png')
    const job = newJob(video.id, { assetIds: [asset.id] })
    const creation = repositories().jobs.create(job, idempotency)
    await expect(creation).rejects.toMatchObject({ code: 'asset-not-found' })
    expect(await repositories().jobs.getById(job.id)).toBeNull()
    await repositories().assets.insert(asset)
    expect(await repositories().jobs.create(job, idempotency)).toEqual({ kind: 'created' })
  })

  test('refuses another video that no longer exists', async () => {
    const { video } = await storeVideo(repositories())
    const otherVideoIds = [video.id, uuidv7() as VideoId]
    const creation = repositories().jobs.create(newJob(video.id, { otherVideoIds }), null)
    await expect(creation).rejects.toMatchObject({ code: 'video-not-found' })
  })

  test('refuses text that the database cannot hold, and names every place of it', async () => {
    const { video } = await storeVideo(repositories())
    const config = { operations: [{ 'a/b': 'nul \u0000' }, { content: 'half \ud83d' }] }
    const bad = newJob(video.id, { config })
    await expect(repositories().jobs.create(bad, null)).rejects.toMatchObject({
      code: 'request-invalid',
      issues: [{ pointer: '/operations/0/a~1b' }, { pointer: '/operations/1/content' }],
    })
    const badName = newJob(video.id, { metadata: { ok: 1, 'bad\u0000': 2 } })
    await expect(repositories().jobs.create(badName, null)).rejects.toMatchObject({
      code: 'request-invalid',
      issues: [{ pointer: '/metadata' }],
    })
  })

  test('keeps whole surrogate pairs', async () => {
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id, { metadata: { mood: '🎬 नमस्ते' } })
    await repositories().jobs.create(job, null)
    expect((await repositories().jobs.getById(job.id))?.metadata).toEqual(job.metadata)
  })

  test('refuses metadata that is nested without end', async () => {
    const { video } = await storeVideo(repositories())
    const metadata = JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) as JsonObject
    const creation = repositories().jobs.create(newJob(video.id, { metadata }), null)
    await expect(creation).rejects.toMatchObject({ code: 'request-invalid' })
  })
})

function withoutUsed(job: NewJob): Partial<NewJob> {
  return Object.fromEntries(Object.entries(job).filter(([name]) => !/^otherVideoIds$/.test(name)))
}
