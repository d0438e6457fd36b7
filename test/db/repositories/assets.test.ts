import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import { FACTS, makeAsset, newJob } from '../../support/records.js'
import { isDoneSoon, keepFiles, storeVideo, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const COMPLETED = { status: 'completed', errorCode: null, errorMessage: null } as const

describe('an asset', () => {
  test('is stored unchanged', async () => {
    const { assets } = repositories()
    const given = [makeAsset('logo.png'), makeAsset('clip.mp4', { kind: 'video', facts: FACTS })]
    for (const asset of given) {
      expect(await assets.insert(asset)).toBe(true)
      expect(await assets.get(LOCAL_OWNER, asset.name)).toEqual(asset)
    }
    expect(await assets.get(LOCAL_OWNER, 'no.png')).toBeNull()
    expect(await assets.get(LOCAL_OWNER, 'nul\u0000')).toBeNull()
  })

  test('has a unique name within its owner', async () => {
    const { assets } = repositories()
    const owner = 'namer' as Owner
    const copies = Array.from({ length: 10 }, () => assets.insert(makeAsset('twice.png', { owner })))
    expect((await Promise.all(copies)).filter(Boolean)).toHaveLength(1)
    expect(await assets.insert(makeAsset('twice.png'))).toBe(true)
  })

  test('is listed by name, for its owner only', async () => {
    const { assets } = repositories()
    const owner = 'lister' as Owner
    for (const name of ['b.png', 'c.png', 'a.png']) await assets.insert(makeAsset(name, { owner }))
    expect((await assets.list(owner)).map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png'])
    expect(await assets.list('nobody' as Owner)).toEqual([])
  })
})

describe('deleting an asset', () => {
  test('returns what it was', async () => {
    const { assets } = repositories()
    const asset = makeAsset('short-lived.png')
    await assets.insert(asset)
    expect(await assets.delete('stranger' as Owner, asset.name, keepFiles)).toBe('not-found')
    expect(await assets.delete(LOCAL_OWNER, asset.name, keepFiles)).toEqual(asset)
    expect(await assets.delete(LOCAL_OWNER, asset.name, keepFiles)).toBe('not-found')
  })

  test('keeps its row when its file cannot be removed', async () => {
    const { assets } = repositories()
    const asset = makeAsset('stuck.png')
    await assets.insert(asset)
    const refuse = () => Promise.reject(new AppError('storage-unavailable', 'read-only'))
    await expect(assets.delete(LOCAL_OWNER, asset.name, refuse)).rejects.toMatchObject({
      code: 'storage-unavailable',
    })
    expect(await assets.get(LOCAL_OWNER, asset.name)).toEqual(asset)
  })

  test('is refused while a job that has not ended uses it', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    for (const name of ['used.png', 'also.png']) await assets.insert(makeAsset(name))
    const job = newJob(video.id, { assetNames: ['also.png', 'used.png', 'also.png'] })
    await jobs.create(job, null)
    expect(await assets.delete(LOCAL_OWNER, 'used.png', keepFiles)).toBe('in-use')
    await jobs.enterStage(job.id, 'rendering')
    expect(await assets.delete(LOCAL_OWNER, 'also.png', keepFiles)).toBe('in-use')
    await jobs.finish(job.id, COMPLETED)
    expect(await assets.delete(LOCAL_OWNER, 'used.png', keepFiles)).toMatchObject({ name: 'used.png' })
  })

  test('waits for a job that is being created with it, and is then refused', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const asset = makeAsset('awaited.png')
    await assets.insert(asset)
    const job = newJob(video.id)
    await jobs.create(job, null)
    const deletion = await database().sequelize.transaction(async (transaction) => {
      const lock = transaction.LOCK.KEY_SHARE
      await database().assets.findOne({ where: { name: asset.name }, lock, transaction })
      await database().jobs.update({ assetNames: [asset.name] }, { where: { id: job.id }, transaction })
      const started = assets.delete(LOCAL_OWNER, asset.name, keepFiles)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    expect(await deletion.started).toBe('in-use')
  })

  test('makes a job that is created in the meantime wait and then fail', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const asset = makeAsset('leaving.png')
    await assets.insert(asset)
    const creation = await database().sequelize.transaction(async (transaction) => {
      await database().assets.destroy({ where: { name: asset.name }, transaction })
      const started = jobs.create(newJob(video.id, { assetNames: [asset.name] }), null)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    await expect(creation.started).rejects.toMatchObject({ code: 'asset-not-found' })
  })

  test('at the same moment as jobs are created with it refuses either the delete or every create', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    for (let round = 0; round < 20; round += 1) {
      const name = `race-${round}.png`
      await assets.insert(makeAsset(name))
      const create = () => jobs.create(newJob(video.id, { assetNames: [name] }), null)
      const remove = () => assets.delete(LOCAL_OWNER, name, keepFiles)
      const [first, deletion, last] = await Promise.allSettled([create(), remove(), create()])

      const isDeleted = (await assets.get(LOCAL_OWNER, name)) === null
      expect(deletion.status).toBe('fulfilled')
      for (const outcome of [first, last]) {
        expect(outcome.status).toBe(isDeleted ? 'rejected' : 'fulfilled')
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'asset-not-found' })
      }
    }
  })
})
