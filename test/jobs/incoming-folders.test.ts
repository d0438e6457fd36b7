import { describe, expect, test } from 'vitest'
import type { JobsDeps } from '../../src/jobs/deps.js'
import { countUploads, createArrivals, createIncomingFolders } from '../../src/jobs/incoming-folders.js'
import { LOCAL_OWNER, type Owner } from '../../src/jobs/model.js'
import type { OpenCounts } from '../../src/jobs/quotas/count-open.js'
import { useWorld, withFree } from './world.js'

const world = useWorld()

const DISK_FULL = { code: 'disk-full' }
const [ALICE, BOB] = ['alice' as Owner, 'bob' as Owner]
const MIB = 1024 ** 2

const MAX_OPEN = 32
const foldersOf = (deps: JobsDeps, uploads: OpenCounts) =>
  createIncomingFolders(deps, createArrivals(deps, uploads))
const folders = (freeBytes: number) => foldersOf(withFree(world(), freeBytes), countUploads(MAX_OPEN))

describe('the folders of incoming requests', () => {
  test('are refused when the next bytes of all requests together have no room', async () => {
    const createFolder = folders(2000)
    const outcomes = await Promise.allSettled([createFolder(ALICE, 600), createFolder(BOB, 600)])
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.remove()
    const { remove } = await createFolder(LOCAL_OWNER, 1000)
    await expect(createFolder(LOCAL_OWNER, 1)).rejects.toMatchObject(DISK_FULL)
    await remove()
    await (await createFolder(LOCAL_OWNER, 1000)).remove()
    expect(await world().deps.workFolders.list()).toEqual([])
  })

  test('are not kept from others by what a client announces and does not send', async () => {
    const createFolder = folders(2000 * MIB)
    const idle = await Promise.all(Array.from({ length: 20 }, () => createFolder(ALICE, 1500 * MIB)))
    const folder = await createFolder(BOB, 500 * MIB)
    for (const { remove } of [...idle, folder]) await remove()
  })

  test('are refused for a request whose own announcement has no room', async () => {
    const createFolder = folders(2000 * MIB)
    await expect(createFolder(ALICE, 2001 * MIB)).rejects.toMatchObject(DISK_FULL)
  })

  test('are refused to an owner who has many open, and not to others', async () => {
    const createFolder = folders(1e15)
    const opened = await Promise.all(Array.from({ length: MAX_OPEN }, () => createFolder(ALICE, 1)))
    await expect(createFolder(ALICE, 1)).rejects.toMatchObject({
      code: 'too-many-uploads',
      message: '32 uploads are open. Wait until one of them has ended.',
    })
    await (await createFolder(BOB, 1)).remove()
    await opened[0]?.remove()
    await (await createFolder(ALICE, 1)).remove()
    for (const { remove } of opened.slice(1)) await remove()
    expect(await world().deps.workFolders.list()).toEqual([])
  })

  test('are given up when the disk fills while bytes arrive', async () => {
    const { deps } = world()
    let freeBytes = 1000 * MIB
    const workFolders = { ...deps.workFolders, freeBytes: () => Promise.resolve(freeBytes) }
    const createFolder = foldersOf({ ...deps, workFolders, minFreeDiskBytes: 0 }, countUploads(null))
    const { arrived, remove } = await createFolder(ALICE, 900 * MIB)
    await arrived(100 * MIB)
    freeBytes = 10 * MIB
    // The room is looked at again only after some more have arrived.
    await arrived(101 * MIB)
    await expect(arrived(200 * MIB)).rejects.toMatchObject(DISK_FULL)
    await remove()
  })
})
