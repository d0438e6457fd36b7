import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { createAsset, deleteAsset, findAsset, getAsset, listAssets } from '../../../src/jobs/assets/assets.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import type { AssetsRepository } from '../../../src/jobs/ports/repositories.js'
import { useWorld } from '../world.js'

const world = useWorld()

const DB_AWAY = new AppError('db-unavailable', 'PostgreSQL is not available')

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

  test('leaves no file when its row cannot be written', async () => {
    const deps = withAssets({ insert: () => Promise.reject(DB_AWAY) })
    await expect(create('rowless.mp4', 'a clip', deps)).rejects.toBe(DB_AWAY)
    expect(await world().files()).toEqual([])
  })

  test('succeeds when a list has registered it in the meantime', async () => {
    const { repositories } = world().deps
    const deps = withAssets({
      insert: async (asset) => {
        await listAssets(world().deps, LOCAL_OWNER)
        return repositories.assets.insert(asset)
      },
    })
    expect(await create('listed.mp4', 'a clip', deps)).toMatchObject({ name: 'listed.mp4' })
    expect(await contentsOf('listed.mp4')).toBe('a clip')
  })
})

describe('a file that the operator placed', () => {
  test('is an asset, by its name and in the list', async () => {
    await place('placed-1.mp4')
    expect(await findAsset(world().deps, LOCAL_OWNER, 'placed-1.mp4')).toMatchObject({ kind: 'video' })
    await place('placed-2.mp4')
    const names = (await listAssets(world().deps, LOCAL_OWNER)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['placed-1.mp4', 'placed-2.mp4']))
  })

  test('is left out of the list when it is no media file', async () => {
    await place('notes.mp4')
    world().facts = new AppError('unsupported-media', 'no media')
    expect((await listAssets(world().deps, LOCAL_OWNER)).map(({ name }) => name)).not.toContain('notes.mp4')
  })

  test('is no asset when no edit could write its name', async () => {
    await place('.hidden')
    expect(await findAsset(world().deps, LOCAL_OWNER, '.hidden')).toBeNull()
    expect(await findAsset(world().deps, LOCAL_OWNER, '../uploads/x')).toBeNull()
  })
})

describe('deleting an asset', () => {
  test('removes its file, and a list in the middle of it does not bring it back', async () => {
    await create('going.mp4')
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
    await deleteAsset(listing, LOCAL_OWNER, 'going.mp4')
    expect(await findAsset(deps, LOCAL_OWNER, 'going.mp4')).toBeNull()
    expect(await world().files()).toEqual([])
  })

  test('fails when there is no such asset', async () => {
    const deletion = deleteAsset(world().deps, LOCAL_OWNER, 'nothing.mp4')
    await expect(deletion).rejects.toMatchObject({ code: 'asset-not-found' })
  })
})

async function contentsOf(name: string): Promise<string> {
  return readFile(await world().fetch(`assets/${name}`), 'utf8')
}

describe('owners', () => {
  const ACME = 'acme' as Owner

  test('use names independently: their assets neither collide nor count as placed files', async () => {
    const { deps } = world()
    await createAsset(deps, ACME, { name: 'logo.mp4', file: await world().receive('of acme') })
    await create('logo.mp4', 'of local')
    expect(await world().files()).toEqual(['assets/@acme/logo.mp4', 'assets/logo.mp4'])
    expect((await listAssets(deps, ACME)).map(({ filePath }) => filePath)).toEqual(['assets/@acme/logo.mp4'])
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
