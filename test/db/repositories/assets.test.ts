import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { type Asset, type AssetId, LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
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

describe('a version of an asset', () => {
  test('is replaced by the next, and both are found by their ids and files', async () => {
    const { assets } = repositories()
    const [first, second] = [makeAsset('versions.png'), makeAsset('versions.png', { fileSize: 7 })]
    await assets.insert(first)
    expect(await assets.insert(second, first.id)).toBe(true)
    expect(await assets.get(LOCAL_OWNER, 'versions.png')).toEqual(second)
    expect((await assets.list(LOCAL_OWNER)).filter(({ name }) => name === 'versions.png')).toEqual([second])
    const both = await assets.listByIds([first.id, second.id, 'none' as AssetId])
    expect(new Map(both.map((asset) => [asset.id, asset]))).toEqual(
      new Map([
        [first.id, first],
        [second.id, second],
      ]),
    )
    expect(await assets.getByFile(first.filePath)).toEqual(first)
    expect(await assets.getByFile('asset-files/none')).toBeNull()
  })

  test('does not come in place of one that is not current any more', async () => {
    const { assets } = repositories()
    const first = makeAsset('contested.png')
    await assets.insert(first)
    const next = () => assets.insert(makeAsset('contested.png'), first.id)
    const outcomes = await Promise.all([next(), next(), next()])
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await assets.insert(makeAsset('contested.png'))).toBe(false)
  })

  test('that is retired frees the name', async () => {
    const { assets } = repositories()
    const asset = makeAsset('short-lived.png')
    await assets.insert(asset)
    expect(await assets.retire('stranger' as Owner, asset.name)).toBeNull()
    expect(await assets.retire(LOCAL_OWNER, asset.name)).toEqual(asset)
    expect(await assets.retire(LOCAL_OWNER, asset.name)).toBeNull()
    expect(await assets.get(LOCAL_OWNER, asset.name)).toBeNull()
    expect(await assets.insert(makeAsset(asset.name))).toBe(true)
  })
})

describe('removing a version', () => {
  const insertRetired = async (name: string) => {
    const { assets } = repositories()
    const asset = makeAsset(name)
    await assets.insert(asset)
    await assets.retire(LOCAL_OWNER, name)
    return asset
  }

  test('is for retired ones', async () => {
    const { assets } = repositories()
    const asset = makeAsset('current.png')
    await assets.insert(asset)
    expect(await assets.remove(asset.id, keepFiles)).toBe(false)
    await assets.retire(LOCAL_OWNER, asset.name)
    const removed: Asset[] = []
    expect(await assets.remove(asset.id, (one) => Promise.resolve(void removed.push(one)))).toBe(true)
    expect(removed).toEqual([asset])
    expect(await assets.remove(asset.id, keepFiles)).toBe(false)
  })

  test('keeps its row when its file cannot be removed', async () => {
    const { assets } = repositories()
    const asset = await insertRetired('stuck.png')
    const refuse = () => Promise.reject(new AppError('storage-unavailable', 'read-only'))
    await expect(assets.remove(asset.id, refuse)).rejects.toMatchObject({ code: 'storage-unavailable' })
    expect(await assets.listByIds([asset.id])).toEqual([asset])
  })

  test.each([
    ['failed', null],
    ['cancelled', null],
    ['completed', 'it'],
  ] as const)('waits for jobs that run or can be retried: %s', async (status, removed) => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const asset = makeAsset(`needed-${status}.png`)
    await assets.insert(asset)
    const job = newJob(video.id, { assetIds: [asset.id, asset.id] })
    await jobs.create(job, null)
    await assets.retire(LOCAL_OWNER, asset.name)
    const isUnneeded = async () => (await assets.listUnneeded(1000)).includes(asset.id)
    expect([await isUnneeded(), await assets.remove(asset.id, keepFiles)]).toEqual([false, false])
    await jobs.enterStage(job.id, 'rendering')
    expect([await isUnneeded(), await assets.remove(asset.id, keepFiles)]).toEqual([false, false])
    await jobs.finish(job.id, { ...COMPLETED, status })
    expect(await isUnneeded()).toBe(removed !== null)
    expect(await assets.remove(asset.id, keepFiles)).toBe(removed !== null)
    if (removed !== null) return
    await jobs.delete(LOCAL_OWNER, job.id, keepFiles)
    expect(await assets.remove(asset.id, keepFiles)).toBe(true)
  })

  test('waits for a job that is being created with it, and is then refused', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const asset = await insertRetired('awaited.png')
    const job = newJob(video.id)
    await jobs.create(job, null)
    const removal = await database().sequelize.transaction(async (transaction) => {
      const lock = transaction.LOCK.KEY_SHARE
      await database().assets.findOne({ where: { id: asset.id }, lock, transaction })
      await database().jobs.update({ assetIds: [asset.id] }, { where: { id: job.id }, transaction })
      const started = assets.remove(asset.id, keepFiles)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    expect(await removal.started).toBe(false)
  })

  test('makes a job that is created in the meantime wait and then fail', async () => {
    const { jobs } = repositories()
    const { video } = await storeVideo(repositories())
    const asset = await insertRetired('leaving.png')
    const creation = await database().sequelize.transaction(async (transaction) => {
      await database().assets.destroy({ where: { id: asset.id }, transaction })
      const started = jobs.create(newJob(video.id, { assetIds: [asset.id] }), null)
      expect(await isDoneSoon(started)).toBe(false)
      return { started }
    })
    await expect(creation.started).rejects.toMatchObject({ code: 'asset-not-found' })
  })

  test('at the same moment as jobs are created with it refuses either the removal or every create', async () => {
    const { assets, jobs } = repositories()
    const { video } = await storeVideo(repositories())
    for (let round = 0; round < 20; round += 1) {
      const { id } = await insertRetired(`race-${round}.png`)
      const create = () => jobs.create(newJob(video.id, { assetIds: [id] }), null)
      const [first, removal, last] = await Promise.allSettled([
        create(),
        assets.remove(id, keepFiles),
        create(),
      ])
      const isRemoved = (await assets.listByIds([id])).length === 0
      expect(removal.status).toBe('fulfilled')
      for (const outcome of [first, last]) {
        expect(outcome.status).toBe(isRemoved ? 'rejected' : 'fulfilled')
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'asset-not-found' })
      }
    }
  })
})
