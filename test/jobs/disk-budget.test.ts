import { describe, expect, test } from 'vitest'
import { requireRoom } from '../../src/jobs/disk-budget.js'
import { submitEdit } from '../../src/jobs/edits/submit-edit.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import { editRequest, useWorld, withFree as onDisk } from './world.js'

const world = useWorld()

const DISK_FULL = { code: 'disk-full' }
const withFree = (bytes: number) => onDisk(world(), bytes)

describe('the disk', () => {
  test('keeps free what must stay free', async () => {
    await expect(requireRoom(withFree(1500), 500)).resolves.toBe(500)
    await expect(requireRoom(withFree(1500), 501)).rejects.toMatchObject(DISK_FULL)
  })

  test('reports the free bytes', async () => {
    expect(await world().deps.workFolders.freeBytes()).toBeGreaterThan(0)
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
