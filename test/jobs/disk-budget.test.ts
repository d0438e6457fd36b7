import { describe, expect, test } from 'vitest'
import { requireRoom } from '../../src/jobs/disk-budget.js'
import { submitEdit } from '../../src/jobs/edits/submit-edit.js'
import { createIncomingFolders } from '../../src/jobs/incoming-folders.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import { editRequest, useWorld } from './world.js'

const world = useWorld()

const DISK_FULL = { code: 'disk-full' }

/** The world on a disk with this number of free bytes, of which 1000 must stay free. */
function withFree(bytes: number) {
  const { deps } = world()
  const workFolders = { ...deps.workFolders, freeBytes: () => Promise.resolve(bytes) }
  return { ...deps, workFolders, minFreeDiskBytes: 1000 }
}

describe('the disk', () => {
  test('keeps free what must stay free', async () => {
    await expect(requireRoom(withFree(1500), 500)).resolves.toBe(500)
    await expect(requireRoom(withFree(1500), 501)).rejects.toMatchObject(DISK_FULL)
  })

  test('reports the free bytes', async () => {
    expect(await world().deps.workFolders.freeBytes()).toBeGreaterThan(0)
  })

  test('must have room for all current uploads together, not only for each alone', async () => {
    const createFolder = createIncomingFolders(withFree(2000))
    const outcomes = await Promise.allSettled([createFolder(600), createFolder(600)])
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.remove()
    const { remove } = await createFolder(1000)
    await expect(createFolder(1)).rejects.toMatchObject(DISK_FULL)
    await remove()
    await (await createFolder(1000)).remove()
    expect(await world().deps.workFolders.list()).toEqual([])
  })

  test('refuses an edit that would not fit, and creates no job', async () => {
    const video = await world().addVideo()
    const submit = (free: number) => submitEdit(withFree(free), LOCAL_OWNER, editRequest(video), null)
    await expect(submit(2000)).rejects.toMatchObject(DISK_FULL)
    const page = { limit: 10, after: null }
    const { jobs } = world().deps.repositories
    expect(await jobs.list(LOCAL_OWNER, { videoId: video.id, type: 'quality' }, page)).toEqual([])
    expect((await submit(1e12)).created).toBe(true)
  })
})
