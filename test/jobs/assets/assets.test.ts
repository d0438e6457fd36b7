import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { createAsset, deleteAsset, getAsset, listAssets, openAsset } from '../../../src/jobs/assets/assets.js'
import { findAsset } from '../../../src/jobs/assets/placed-files.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { removeRetired } from '../../../src/jobs/housekeeping/remove-retired.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import type { AssetsRepository } from '../../../src/jobs/ports/repositories.js'
import { newJob } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

const create = async (name: string, contents = 'a clip', deps: JobsDeps = world().deps) =>
  createAsset(deps, LOCAL_OWNER, { name, file: await world().receive(contents) })

/** Places a file as an operator does: in the folder, without a row. */
async function place(name: string): Promise<void> {
  const { storage } = world().deps
  const { path } = await world().receive('placed')
  await storage.putFile(`assets/${name}`, path, 'replace')
}

function withAssets(change: Partial<AssetsRepository>): JobsDeps {
  const { deps } = world()
  const { repositories } = deps
  return { ...deps, repositories: { ...repositories, assets: { ...repositories.assets, ...change } } }
}

describe('creating an asset', () => {
  test('with a name that is taken is refused, and leaves the first', async () => {
    await create('taken.mp4', 'first')
    await expect(create('taken.mp4', 'second')).rejects.toMatchObject({ code: 'asset-exists' })
    expect(await contentsOf('taken.mp4')).toBe('first')
  })

  test('again is answered with the existing one, if it is the same', async () => {
    const again = async (contents: string) =>
      createAsset(world().deps, LOCAL_OWNER, {
        name: 'again.mp4',
        file: await world().receive(contents),
        mayRepeat: true,
      })
    const first = await again('the same')
    expect(await again('the same')).toEqual(first)
    await expect(again('another')).rejects.toMatchObject({ code: 'asset-exists' })
  })

  test('several times at once makes it once', async () => {
    const receive = () => world().receive('the same')
    const files = [await receive(), await receive(), await receive()]
    const assets = await Promise.all(
      files.map((one) =>
        createAsset(world().deps, LOCAL_OWNER, { name: 'once.mp4', file: one, mayRepeat: true }),
      ),
    )
    expect(new Set(assets.map(({ createdAt }) => createdAt.getTime())).size).toBe(1)
    expect(await contentsOf('once.mp4')).toBe('the same')
  })

  test('with one name at the same moment lets one request win, and its row describes its file', async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = `race-${round}.mp4`
      const contents = Array.from({ length: 4 }, (_, index) => 'x'.repeat(index + 1))
      const outcomes = await Promise.allSettled(contents.map((text) => create(name, text)))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const asset = await getAsset(world().deps, LOCAL_OWNER, name)
      expect(asset.fileSize).toBe((await contentsOf(name)).length)
    }
  })

  test('leaves no file when its row is refused', async () => {
    const refused = new AppError('request-invalid', 'odd')
    const deps = withAssets({ insert: () => Promise.reject(refused) })
    await expect(create('rowless.mp4', 'a clip', deps)).rejects.toBe(refused)
    expect(await world().files()).toEqual([])
  })

  test('leaves no file when another request has taken the name meanwhile', async () => {
    const { repositories } = world().deps
    const deps = withAssets({
      insert: async (asset, replaced) => {
        await create('contested.mp4', 'the other')
        return repositories.assets.insert(asset, replaced)
      },
    })
    await expect(create('contested.mp4', 'a clip', deps)).rejects.toMatchObject({ code: 'asset-exists' })
    expect(await world().files()).toHaveLength(1)
    expect(await contentsOf('contested.mp4')).toBe('the other')
  })
})

describe('deleting an asset', () => {
  test('removes its file, and a list in the middle of it does not bring it back', async () => {
    await create('going.mp4')
    await place('going-placed.mp4')
    const { deps } = world()
    const listing: JobsDeps = {
      ...deps,
      storage: {
        ...deps.storage,
        remove: async (key) => {
          await listAssets(deps, LOCAL_OWNER)
          await deps.storage.remove(key)
        },
      },
    }
    for (const name of ['going.mp4', 'going-placed.mp4']) {
      await deleteAsset(listing, LOCAL_OWNER, name)
      expect(await findAsset(deps, LOCAL_OWNER, name)).toBeNull()
    }
    expect(await world().files()).toEqual([])
  })

  test('frees the name, and keeps the bytes, while a job needs them', async () => {
    const { deps } = world()
    await create('needed.mp4', 'first')
    const first = await getAsset(deps, LOCAL_OWNER, 'needed.mp4')
    const job = newJob((await world().addVideo()).id, { assetIds: [first.id] })
    await deps.repositories.jobs.create(job, null)
    await deleteAsset(deps, LOCAL_OWNER, 'needed.mp4')
    await expect(openAsset(deps, LOCAL_OWNER, 'needed.mp4')).rejects.toMatchObject({
      code: 'asset-not-found',
    })
    await create('needed.mp4', 'second')
    expect(await contentsOf('needed.mp4')).toBe('second')
    expect(await readFile(await world().fetch(first.filePath), 'utf8')).toBe('first')
    await deps.repositories.jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
    expect(await removeRetired(deps)).toBeGreaterThan(0)
    expect(await world().files()).not.toContain(first.filePath)
    expect(await contentsOf('needed.mp4')).toBe('second')
  })

  test('succeeds when its file cannot be removed now, and housekeeping removes it', async () => {
    const { deps } = world()
    await create('stuck.mp4')
    const { filePath } = await getAsset(deps, LOCAL_OWNER, 'stuck.mp4')
    const remove = (key: string) =>
      key === filePath
        ? Promise.reject(new AppError('storage-unavailable', 'read-only'))
        : deps.storage.remove(key)
    await deleteAsset({ ...deps, storage: { ...deps.storage, remove } }, LOCAL_OWNER, 'stuck.mp4')
    expect(await findAsset(deps, LOCAL_OWNER, 'stuck.mp4')).toBeNull()
    expect(await removeRetired(deps)).toBe(1)
    expect(await world().files()).toEqual([])
  })

  test('fails when there is no such asset', async () => {
    const deletion = deleteAsset(world().deps, LOCAL_OWNER, 'nothing.mp4')
    await expect(deletion).rejects.toMatchObject({ code: 'asset-not-found' })
  })
})

async function contentsOf(name: string): Promise<string> {
  const { filePath } = await getAsset(world().deps, LOCAL_OWNER, name)
  return readFile(await world().fetch(filePath), 'utf8')
}

describe('owners', () => {
  const ACME = 'acme' as Owner

  test('use names independently: their assets neither collide nor count as placed files', async () => {
    const { deps } = world()
    await createAsset(deps, ACME, { name: 'logo.mp4', file: await world().receive('of acme') })
    await create('logo.mp4', 'of local')
    expect(await world().files()).toHaveLength(2)
    expect((await listAssets(deps, ACME)).map(({ owner }) => owner)).toEqual([ACME])
    expect((await listAssets(deps, LOCAL_OWNER)).map(({ owner }) => owner)).not.toContain(ACME)
    await deleteAsset(deps, ACME, 'logo.mp4')
    expect(await findAsset(deps, ACME, 'logo.mp4')).toBeNull()
    expect(await contentsOf('logo.mp4')).toBe('of local')
  })

  test('other than local have no placed files', async () => {
    await place('placed.mp4')
    expect(await findAsset(world().deps, ACME, 'placed.mp4')).toBeNull()
    expect(await findAsset(world().deps, LOCAL_OWNER, 'placed.mp4')).toMatchObject({ owner: 'local' })
  })
})
