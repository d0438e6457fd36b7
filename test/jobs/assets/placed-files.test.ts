import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { createAsset, deleteAsset, getAsset, listAssets } from '../../../src/jobs/assets/assets.js'
import { findAsset } from '../../../src/jobs/assets/placed-files.js'
import { LOCAL_OWNER } from '../../../src/jobs/model.js'
import { makeAsset, newJob } from '../../support/records.js'
import { useWorld, withFree } from '../world.js'

const world = useWorld()

/** Places a file as an operator does: in the folder, without a row. */
async function place(name: string, contents = 'placed'): Promise<void> {
  const { storage } = world().deps
  const { path } = await world().receive(contents)
  await storage.putFile(`assets/${name}`, path, 'replace')
}

async function contentsOf(name: string): Promise<string> {
  const { filePath } = await getAsset(world().deps, LOCAL_OWNER, name)
  return readFile(await world().fetch(filePath), 'utf8')
}

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

describe('a placed file that', () => {
  const versionOf = async (name: string) => {
    const { id } = await getAsset(world().deps, LOCAL_OWNER, name)
    return { id, contents: await contentsOf(name) }
  }

  test('has not changed is taken once', async () => {
    await place('kept.mp4')
    const first = await versionOf('kept.mp4')
    await listAssets(world().deps, LOCAL_OWNER)
    expect(await versionOf('kept.mp4')).toEqual(first)
  })

  test.each(['a name', 'the list'])(
    'was replaced or written to is another version: found by %s',
    async (by) => {
      const name = `changed-by-${by.replace(' ', '-')}.mp4`
      await place(name, 'first')
      const first = await versionOf(name)
      await place(name, 'second')
      if (by === 'the list') await listAssets(world().deps, LOCAL_OWNER)
      const second = await versionOf(name)
      expect([first.contents, second.contents]).toEqual(['first', 'second'])
      await writeFile(join(world().mediaDir, 'assets', name), 'third: in place')
      expect((await versionOf(name)).contents).toBe('third: in place')
      const [kept] = await world().deps.repositories.assets.listByIds([first.id])
      expect(await readFile(await world().fetch(kept?.filePath ?? ''), 'utf8')).toBe('first')
    },
  )

  test('is gone leaves the asset until that is deleted', async () => {
    await place('removed.mp4')
    await versionOf('removed.mp4')
    await world().deps.storage.remove('assets/removed.mp4')
    expect((await versionOf('removed.mp4')).contents).toBe('placed')
    await deleteAsset(world().deps, LOCAL_OWNER, 'removed.mp4')
    expect(await findAsset(world().deps, LOCAL_OWNER, 'removed.mp4')).toBeNull()
  })

  test('several requests find at once is one asset', async () => {
    await place('at-once.mp4')
    const found = await Promise.all(
      Array.from({ length: 4 }, () => findAsset(world().deps, LOCAL_OWNER, 'at-once.mp4')),
    )
    expect(new Set(found.map((asset) => asset?.id)).size).toBe(1)
    expect(await world().files()).toHaveLength(2)
  })

  test('has no room to be copied does not keep the others from being listed', async () => {
    await createAsset(world().deps, LOCAL_OWNER, {
      name: 'listed.mp4',
      file: await world().receive('a clip'),
    })
    await place('large.mp4')
    const names = (await listAssets(withFree(world(), 1001), LOCAL_OWNER)).map(({ name }) => name)
    expect(names).toContain('listed.mp4')
    expect(names).not.toContain('large.mp4')
  })

  test('cannot be read any more can be deleted', async () => {
    await place('broken.mp4')
    await versionOf('broken.mp4')
    await place('broken.mp4', 'noise')
    world().facts = new AppError('unsupported-media', 'no media')
    await deleteAsset(world().deps, LOCAL_OWNER, 'broken.mp4')
    expect(await findAsset(world().deps, LOCAL_OWNER, 'broken.mp4')).toBeNull()
  })
})

describe('an asset that an older version has stored', () => {
  const addOld = async (name: string) => {
    await place(name, 'old')
    const asset = makeAsset(name, { filePath: `assets/${name}`, fileSize: 3 })
    await world().deps.repositories.assets.insert(asset)
    return asset
  }

  test('is used where it is, and is not taken for a placed file', async () => {
    const asset = await addOld('old.mp4')
    await listAssets(world().deps, LOCAL_OWNER)
    expect(await getAsset(world().deps, LOCAL_OWNER, 'old.mp4')).toEqual(asset)
    expect(await contentsOf('old.mp4')).toBe('old')
  })

  test('stays deleted while a job needs its file', async () => {
    const asset = await addOld('needed-old.mp4')
    const { deps } = world()
    const job = newJob((await world().addVideo()).id, { assetIds: [asset.id] })
    await deps.repositories.jobs.create(job, null)
    await deleteAsset(deps, LOCAL_OWNER, asset.name)
    expect(await findAsset(deps, LOCAL_OWNER, asset.name)).toBeNull()
    expect((await listAssets(deps, LOCAL_OWNER)).map(({ name }) => name)).not.toContain(asset.name)
    expect(await world().files()).toContain(asset.filePath)
  })
})
