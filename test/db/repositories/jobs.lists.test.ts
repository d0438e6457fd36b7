import { describe, expect, test } from 'vitest'
import { type JobId, LOCAL_OWNER, type Owner, type VideoId } from '../../../src/jobs/model.js'
import { newJob } from '../../support/records.js'
import { storeVideo, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const CANCELLED = { status: 'cancelled', errorCode: null, errorMessage: null } as const

describe('finding jobs', () => {
  test('finds none for an id that is no uuid', async () => {
    expect(await repositories().jobs.get(LOCAL_OWNER, "x' OR 1=1" as JobId)).toBeNull()
    expect(await repositories().jobs.getById('\u0000' as JobId)).toBeNull()
    const page = { limit: 10, after: null }
    expect(await repositories().jobs.list(LOCAL_OWNER, { videoId: 'x' as VideoId }, page)).toEqual([])
  })

  test('lists the newest first, in pages that neither repeat nor miss a job of the same instant', async () => {
    const owner = 'pager' as Owner
    const { jobs } = repositories()
    const { video, uploadJobId } = await storeVideo(repositories(), { owner })
    const instants = [0, 0, 0, 1, 1, 2, 3].map((seconds) => new Date(Date.UTC(2040, 0, 1, 0, 0, seconds)))
    const created = instants.map((createdAt) => newJob(video.id, { owner, createdAt }))
    for (const job of created) await jobs.create(job, null)

    const found: string[] = []
    let after = null
    for (;;) {
      const page = await jobs.list(owner, {}, { limit: 2, after })
      if (page.length === 0) break
      found.push(...page.map(({ id }) => id))
      const last = page.at(-1)
      after = last ? { createdAt: last.createdAt, id: last.id } : null
    }
    expect(found).toEqual([...created.map(({ id }) => id).reverse(), uploadJobId])
  })

  test('filters by status, type and video at once', async () => {
    const owner = 'filterer' as Owner
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories(), { owner })
    const { video: other } = await storeVideo(repositories(), { owner })
    const wanted = newJob(video.id, { owner, type: 'trim' })
    const decoys = [newJob(other.id, { owner, type: 'trim' }), newJob(video.id, { owner, type: 'quality' })]
    const ended = newJob(video.id, { owner, type: 'trim' })
    for (const job of [wanted, ...decoys, ended]) await jobs.create(job, null)
    await jobs.finish(ended.id, CANCELLED)

    const filter = { status: 'pending', type: 'trim', videoId: video.id } as const
    const found = await jobs.list(owner, filter, { limit: 10, after: null })
    expect(found.map(({ id }) => id)).toEqual([wanted.id])
  })

  test('lists as unstarted only pending jobs that are old enough and that nobody started, oldest first', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const years = [2000, 2001, 2002, 2003, 2004]
    const old = years.map((year) => newJob(video.id, { createdAt: new Date(Date.UTC(year, 0)) }))
    for (const job of old) await jobs.create(job, null)
    await jobs.markStarted(old[0]?.id ?? ('' as JobId))
    await jobs.enterStage(old[2]?.id ?? ('' as JobId), 'planning')

    const unstarted = await jobs.listUnstarted({ from: new Date(Date.UTC(2004, 0)), to: new Date() }, 2)
    expect(unstarted.map(({ id }) => id)).toEqual([old[1]?.id, old[3]?.id])
  })
})
