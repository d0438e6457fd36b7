import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createRepositories } from '../../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../../src/db/database.js'
import { AppError } from '../../../src/errors.js'
import { createAsset, deleteAsset, findAsset, listAssets } from '../../../src/jobs/assets/assets.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import type { AssetsRepository } from '../../../src/jobs/ports/repositories.js'
import { useDatabase } from '../../db/fixtures.js'
import { openFlakyLink } from '../../db/flaky-link.js'
import { until } from '../../support/until.js'
import { createWorld, type World } from '../world.js'

const database = useDatabase()
let root = ''
let world: World
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cutroom-assets-'))
  world = createWorld(root, database.repositories())
})
afterAll(() => rm(root, { recursive: true, force: true }))

const DB_AWAY = new AppError('db-unavailable', 'PostgreSQL is not available')

function withAssets(change: Partial<AssetsRepository>): JobsDeps {
  const { repositories } = world.deps
  return { ...world.deps, repositories: { ...repositories, assets: { ...repositories.assets, ...change } } }
}

/** The row and the files that an asset has. */
async function traces(name: string): Promise<{ row: boolean; file: boolean }> {
  const row = (await world.deps.repositories.assets.get(LOCAL_OWNER, name)) !== null
  return { row, file: (await world.files()).includes(`assets/${name}`) }
}

const create = async (name: string, deps: JobsDeps, owner: Owner = LOCAL_OWNER) =>
  createAsset(deps, owner, { name, file: await world.receive('a clip') })

test('an asset keeps its file when its row was committed but the answer was lost', async () => {
  const link = await openFlakyLink(database.database().url)
  onTestFinished(() => link.close())
  const flaky = connectDatabase(link.url)
  onTestFinished(() => close(flaky))
  const { assets } = createRepositories(flaky)
  const deps = withAssets({
    insert: async (asset) => {
      // Connects, so that the row is sent on a connection whose answers get lost.
      await assets.get(LOCAL_OWNER, asset.name)
      link.loseAnswers()
      const inserting = assets.insert(asset)
      await until('the row is committed', async () => (await traces(asset.name)).row)
      link.cut()
      return inserting
    },
  })
  await expect(create('lost.mp4', deps)).rejects.toMatchObject({ code: 'db-unavailable' })
  expect(await traces('lost.mp4')).toEqual({ row: true, file: true })
})

test('an asset that another request has registered keeps its file, even if its own insertion fails', async () => {
  const deps = withAssets({
    insert: async () => {
      await listAssets(world.deps, LOCAL_OWNER)
      throw DB_AWAY
    },
  })
  await expect(create('adopted.mp4', deps)).rejects.toBe(DB_AWAY)
  expect(await traces('adopted.mp4')).toEqual({ row: true, file: true })
})

test('an asset without a row leaves no file', async () => {
  const deps = withAssets({ insert: () => Promise.reject(DB_AWAY) })
  await expect(create('rowless.mp4', deps)).rejects.toBe(DB_AWAY)
  expect(await traces('rowless.mp4')).toEqual({ row: false, file: false })
})

test('a file that was kept while the database was unavailable gets its row from the next request', async () => {
  const owner = 'acme' as Owner
  const { assets } = world.deps.repositories
  let isAway = false
  const deps = withAssets({
    get: (...args) => (isAway ? Promise.reject(DB_AWAY) : assets.get(...args)),
    insert: () => {
      isAway = true
      return Promise.reject(DB_AWAY)
    },
  })
  await expect(create('kept.mp4', deps, owner)).rejects.toBe(DB_AWAY)
  const path = await world.fetch('assets/@acme/kept.mp4')
  expect(await readFile(path, 'utf8')).toBe('a clip')
  expect(await findAsset(world.deps, owner, 'kept.mp4')).toBeNull()

  const again = async (contents: string) =>
    createAsset(world.deps, owner, { name: 'kept.mp4', file: await world.receive(contents), mayRepeat: true })
  await expect(again('another')).rejects.toMatchObject({ code: 'asset-exists' })
  expect(await again('a clip')).toMatchObject({ name: 'kept.mp4', owner, fileSize: 6 })
  await deleteAsset(world.deps, owner, 'kept.mp4')
  expect(await again('another')).toMatchObject({ fileSize: 7 })
})
