import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { LOCAL_OWNER, type Owner, type VideoId } from '../../../src/jobs/model.js'
import { imageOverlay } from '../../support/overlays.js'
import { FACTS, newJob, newPass, newPlan, newVideo } from '../../support/records.js'
import {
  isDoneSoon,
  keepFiles,
  newOutput,
  selectAll,
  startJob,
  storeVideo,
  useDatabase,
} from '../fixtures.js'

const { database, repositories } = useDatabase()

const COMPLETED = { status: 'completed', errorCode: null, errorMessage: null } as const

describe('a video', () => {
  test('is found by id and by filename, unchanged', async () => {
    const { videos } = repositories()
    const { video } = await storeVideo(repositories())
    const stored = { ...video, posterPath: null, status: 'processing' }

    expect(await videos.get(LOCAL_OWNER, video.id)).toEqual(stored)
    expect(await videos.getById(video.id)).toEqual(stored)
    expect(await videos.getByFilename(LOCAL_OWNER, video.filename)).toEqual(stored)
  })

  test('is hidden from another owner', async () => {
    const { videos } = repositories()
    const { video } = await storeVideo(repositories())
    const stranger = 'stranger' as Owner
    expect(await videos.get(stranger, video.id)).toBeNull()
    expect(await videos.getByFilename(stranger, video.filename)).toBeNull()
    expect(await videos.delete(stranger, video.id, keepFiles)).toBe('not-found')
  })

  test('is not found by hostile ids and names', async () => {
    const { videos } = repositories()
    for (const id of ['', 'x', "' OR 1=1 --", '\u0000'] as VideoId[]) {
      expect(await videos.get(LOCAL_OWNER, id)).toBeNull()
      expect(await videos.getById(id)).toBeNull()
      expect(await videos.delete(LOCAL_OWNER, id, keepFiles)).toBe('not-found')
      expect(await videos.getByFilename(LOCAL_OWNER, id)).toBeNull()
    }
  })

  test('may have a name that the database cannot hold', async () => {
    const video = newVideo({ originalFilename: 'a\u0000b\ud800.mp4' })
    const config = { original_filename: video.originalFilename }
    const job = newJob(video.id, { type: 'upload', config })
    await repositories().jobs.createUpload(video, job, null)

    const storable = 'a\uFFFDb\uFFFD.mp4'
    expect((await repositories().videos.getById(video.id))?.originalFilename).toBe(storable)
    expect((await repositories().jobs.getById(job.id))?.config).toEqual({ original_filename: storable })
  })

  test('becomes ready with new facts and a poster', async () => {
    const { videos } = repositories()
    const { video } = await storeVideo(repositories())
    const corrected = { ...FACTS, durationSec: 11 }
    await videos.saveFacts(video.id, corrected)
    expect(await videos.getById(video.id)).toMatchObject({ facts: corrected, status: 'processing' })

    const still = { ...FACTS, video: null, durationSec: 10 }
    for (let time = 1; time <= 2; time += 1) await videos.markReady(video.id, still, 'processed/j/poster.jpg')
    expect(await videos.getById(video.id)).toMatchObject({
      facts: still,
      posterPath: 'processed/j/poster.jpg',
      status: 'ready',
    })
    const columns = 'SELECT duration, width, height, format FROM videos WHERE id = $id'
    expect(await selectAll(database(), columns, { id: video.id })).toEqual([
      { duration: 10, width: null, height: null, format: FACTS.format },
    ])
  })

  test.each(['failed', 'cancelled'] as const)(
    'fails when its upload is %s, but not later',
    async (status) => {
      const { jobs, videos } = repositories()
      const video = newVideo()
      const upload = newJob(video.id, { type: 'upload', edit: null })
      await jobs.createUpload(video, upload, null)
      await jobs.finish(upload.id, { status, errorCode: null, errorMessage: null })
      expect(await videos.getById(video.id)).toMatchObject({ status: 'failed' })

      const { video: sound } = await storeVideo(repositories())
      await videos.markReady(sound.id, FACTS, null)
      const edit = newJob(sound.id)
      await jobs.create(edit, null)
      await jobs.finish(edit.id, { status, errorCode: null, errorMessage: null })
      expect(await videos.getById(sound.id)).toMatchObject({ status: 'ready' })
    },
  )

  test('is listed with the newest first and the number of all', async () => {
    const owner = 'lister' as Owner
    const { videos } = repositories()
    const ids: VideoId[] = []
    for (const second of [0, 0, 1, 2, 3]) {
      const uploadTime = new Date(Date.UTC(2040, 0, 1, 0, 0, second))
      ids.unshift((await storeVideo(repositories(), { owner, uploadTime })).video.id)
    }
    const page = await videos.list(owner, { skip: 1, limit: 3 })
    expect(page.videos.map(({ id }) => id)).toEqual(ids.slice(1, 4))
    expect(page.total).toBe(5)
    expect(await videos.list(owner, { skip: 10, limit: 3 })).toEqual({ videos: [], total: 5 })
  })
})

describe('deleting a video', () => {
  test('deletes its ended jobs and all that they made, and names the files', async () => {
    const { jobs, passes, videos } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const placed = imageOverlay({ content: 'x.png' })
    await passes.complete(job.id, 'a', [newOutput(job, 'a')], { overlays: [placed] })
    await jobs.finish(job.id, COMPLETED)
    const video = await videos.getById(job.videoId)
    const uploadJob = (
      await jobs.list(LOCAL_OWNER, { videoId: job.videoId, type: 'upload' }, { limit: 1, after: null })
    )[0]
    await videos.markReady(job.videoId, FACTS, `processed/${uploadJob?.id}/poster.jpg`)

    const outcome = await videos.delete(LOCAL_OWNER, job.videoId, keepFiles)
    const keys = typeof outcome === 'object' ? outcome.keys : []
    const folders = [job.id, uploadJob?.id].map((id) => `processed/${id}/`)
    expect(keys.toSorted()).toEqual([...folders, video?.filePath].toSorted())
    expect(await videos.getById(job.videoId)).toBeNull()
    expect(await jobs.getById(job.id)).toBeNull()
    expect(await passes.list(job.id)).toEqual([])
    expect(await repositories().outputs.list(job.id)).toEqual([])
    expect(await selectAll(database(), "SELECT 1 FROM overlays WHERE content = 'x.png'")).toEqual([])
  })

  test('names a poster that lies elsewhere, too', async () => {
    const { videos } = repositories()
    const { video, uploadJobId } = await storeVideo(repositories())
    await videos.markReady(video.id, FACTS, 'posters/one.jpg')
    const keys = [`processed/${uploadJobId}/`, video.filePath, 'posters/one.jpg']
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toEqual({ keys })
  })

  test('keeps everything when its files cannot be removed, and can be asked for again', async () => {
    const { videos } = repositories()
    const { video } = await storeVideo(repositories())
    const refuse = () => Promise.reject(new AppError('storage-unavailable', 'read-only'))
    await expect(videos.delete(LOCAL_OWNER, video.id, refuse)).rejects.toMatchObject({
      code: 'storage-unavailable',
    })
    expect(await videos.getById(video.id)).not.toBeNull()
    const removed: string[] = []
    await videos.delete(LOCAL_OWNER, video.id, (keys) => {
      removed.push(...keys)
      return Promise.resolve()
    })
    expect(removed).toContain(video.filePath)
  })

  test('is refused while a job has not ended', async () => {
    const { jobs, videos } = repositories()
    const { video } = await storeVideo(repositories())
    const job = newJob(video.id)
    await jobs.create(job, null)
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toBe('in-use')
    await jobs.enterStage(job.id, 'rendering')
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toBe('in-use')
    await jobs.finish(job.id, COMPLETED)
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toHaveProperty('keys')
    expect(await videos.delete(LOCAL_OWNER, uuidv7() as VideoId, keepFiles)).toBe('not-found')
  })

  test('is refused while a job of another video that reads it has not ended', async () => {
    const { jobs, videos } = repositories()
    const { video } = await storeVideo(repositories())
    const main = await storeVideo(repositories())
    const job = newJob(main.video.id, { otherVideoIds: [video.id, video.id] })
    await jobs.create(job, null)
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toBe('in-use')
    await jobs.finish(job.id, COMPLETED)
    expect(await videos.delete(LOCAL_OWNER, video.id, keepFiles)).toHaveProperty('keys')
    expect(await jobs.getById(job.id)).not.toBeNull()
  })

  test('at the same moment as a job is created that reads it refuses one of the two', async () => {
    const { jobs, videos } = repositories()
    const main = await storeVideo(repositories())
    for (let round = 0; round < 10; round += 1) {
      const { video } = await storeVideo(repositories())
      const job = newJob(main.video.id, { otherVideoIds: [video.id] })
      const [creation, deletion] = await Promise.allSettled([
        jobs.create(job, null),
        videos.delete(LOCAL_OWNER, video.id, keepFiles),
      ])
      const isDeleted = (await videos.getById(video.id)) === null
      expect(deletion.status).toBe('fulfilled')
      expect(creation.status).toBe(isDeleted ? 'rejected' : 'fulfilled')
    }
  })

  test('waits for a job that is being created, and is then refused', async () => {
    const { jobs, videos } = repositories()
    const { video } = await storeVideo(repositories())
    const other = await storeVideo(repositories())
    const job = newJob(other.video.id)
    await jobs.create(job, null)
    const deletion = await database().sequelize.transaction(async (transaction) => {
      await database().jobs.update({ videoId: video.id }, { where: { id: job.id }, transaction })
      const started = videos.delete(LOCAL_OWNER, video.id, keepFiles)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    expect(await deletion.started).toBe('in-use')
  })

  test('makes a job that is created in the meantime wait and then fail', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const creation = await database().sequelize.transaction(async (transaction) => {
      await database().jobs.destroy({ where: { videoId: video.id }, transaction })
      await database().videos.destroy({ where: { id: video.id }, transaction })
      const started = jobs.create(newJob(video.id), null)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    await expect(creation.started).rejects.toMatchObject({ code: 'video-not-found' })
  })

  test('at the same moment as jobs are created refuses either the delete or every create', async () => {
    const { jobs, videos } = repositories()
    for (let round = 0; round < 20; round += 1) {
      const { video } = await storeVideo(repositories())
      const create = () => jobs.create(newJob(video.id), { key: uuidv7(), fingerprint: 'f' })
      const remove = () => videos.delete(LOCAL_OWNER, video.id, keepFiles)
      const [first, deletion, last] = await Promise.allSettled([create(), remove(), create()])

      const isDeleted = (await videos.getById(video.id)) === null
      expect(deletion.status).toBe('fulfilled')
      for (const outcome of [first, last]) {
        expect(outcome.status).toBe(isDeleted ? 'rejected' : 'fulfilled')
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'video-not-found' })
      }
    }
  })
})
