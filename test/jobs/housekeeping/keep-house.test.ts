import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import type { Retention } from '../../../src/jobs/housekeeping/judge-leftover.js'
import { keepHouse } from '../../../src/jobs/housekeeping/keep-house.js'
import { type FinalStatus, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { openOutput, openProcessedFile } from '../../../src/jobs/outputs.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { makeAsset, makeOutput, newJob, newPass, newPlan } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

const RETENTION: Retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
const HOUR_MS = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

const keep = (hours: number, retention: Partial<Retention> = {}, deps: JobsDeps = world().deps) =>
  keepHouse({ ...deps, retention: { ...RETENTION, ...retention } }, inHours(hours))

async function addJob(status: FinalStatus | 'processing'): Promise<NewJob> {
  const { jobs } = world().deps.repositories
  const job = newJob((await world().addVideo()).id)
  await jobs.create(job, null)
  await jobs.savePlan(job.id, newPlan([newPass('a', 1)]))
  await jobs.enterStage(job.id, 'rendering')
  if (status !== 'processing') await jobs.finish(job.id, { status, errorCode: null, errorMessage: null })
  return job
}

async function store(key: string): Promise<void> {
  const { path } = await world().receive('bytes')
  await world().deps.storage.putFile(key, path, 'replace')
}

async function fillWorkFolder(name: string): Promise<void> {
  await writeFile(join(await world().deps.workFolders.create(name), 'file'), 'bytes')
}

async function workFolders(): Promise<string[]> {
  return (await world().deps.workFolders.list()).map(({ name }) => name).sort()
}

describe('housekeeping', () => {
  test('removes interrupted uploads by the age of their newest byte', async () => {
    await fillWorkFolder('incoming-old')
    await fillWorkFolder('incoming-new')
    const dir = await world().deps.workFolders.create('incoming-new')
    // The folder is as old as the upload, and its file is being written.
    await utimes(dir, 0, 0)
    const tomorrow = inHours(24)
    await utimes(join(dir, 'file'), tomorrow, tomorrow)
    expect(await keep(25)).toMatchObject({ folders: 1, orphans: 0, expired: 0, retired: 0 })
    expect(await workFolders()).toEqual(['incoming-new'])
  })

  test('removes leftovers of jobs that ended or are gone, and leaves those of a running one', async () => {
    const [done, running, failed] = [
      await addJob('completed'),
      await addJob('processing'),
      await addJob('failed'),
    ]
    const gone = uuidv7()
    for (const id of [done.id, running.id, failed.id, gone]) {
      await fillWorkFolder(`${id}/a.attempt`)
      await store(`parts/${id}/1.ts`)
    }
    expect(await keep(0.5)).toMatchObject({ folders: 0, orphans: 0, expired: 0, retired: 0 })
    expect(await keep(2)).toMatchObject({ folders: 5, orphans: 0, expired: 0, retired: 0 })
    expect(await workFolders()).toEqual([running.id])
    const parts = (await world().files()).filter((file) => file.startsWith('parts/'))
    expect(parts.sort()).toEqual([`parts/${running.id}/1.ts`, `parts/${failed.id}/1.ts`].sort())
    expect(await keep(169)).toMatchObject({ folders: 1, orphans: 0, expired: 0, retired: 0 })
  })

  test('removes uploaded files that no row names, and no others', async () => {
    const video = await world().addVideo()
    const orphan = `uploads/${uuidv7()}.mp4`
    await store(orphan)
    await store('uploads/by-hand.mp4')
    expect(await keep(167)).toMatchObject({ orphans: 0 })
    expect(await keep(169)).toMatchObject({ orphans: 1 })
    expect((await world().files()).sort()).toEqual([video.filePath, 'uploads/by-hand.mp4'].sort())
  })

  test('removes files of assets that no row names, and no others', async () => {
    const { deps } = world()
    const asset = makeAsset('known.png')
    await deps.repositories.assets.insert(asset)
    const orphan = `asset-files/${uuidv7()}`
    for (const key of [asset.filePath, orphan, 'asset-files/by-hand', 'assets/placed.mp4']) await store(key)
    expect(await keep(167)).toMatchObject({ orphans: 0 })
    expect(await keep(169)).toMatchObject({ orphans: 1 })
    expect((await world().files()).sort()).toEqual(
      [asset.filePath, 'asset-files/by-hand', 'assets/placed.mp4'].sort(),
    )
  })

  test('removes what was replaced or deleted of assets, once no job needs it', async () => {
    const { assets, jobs } = world().deps.repositories
    const versions = [makeAsset('v.png'), makeAsset('v.png'), makeAsset('v.png')] as const
    for (const [index, version] of versions.entries()) {
      await store(version.filePath)
      await assets.insert(version, versions[index - 1]?.id)
    }
    const job = newJob((await world().addVideo()).id, { assetIds: [versions[1].id] })
    await jobs.create(job, null)
    const left = async () => (await world().files()).filter((file) => file.startsWith('asset-files/')).sort()
    expect(await keep(0)).toMatchObject({ retired: 1 })
    expect(await left()).toEqual([versions[1].filePath, versions[2].filePath].sort())
    await jobs.finish(job.id, { status: 'failed', errorCode: 'internal', errorMessage: null })
    expect(await keep(0)).toMatchObject({ retired: 0 })
    await jobs.delete(LOCAL_OWNER, job.id, () => Promise.resolve())
    expect(await keep(0)).toMatchObject({ retired: 1 })
    expect(await left()).toEqual([versions[2].filePath])
  })

  test('leaves folders with other names alone', async () => {
    await fillWorkFolder('by-hand')
    await store('parts/by-hand/1.ts')
    expect(await keep(9999)).toMatchObject({ folders: 0, orphans: 0, expired: 0, retired: 0 })
    expect(await workFolders()).toEqual(['by-hand'])
  })

  test('goes on when a folder cannot be removed, and ends when the storage is unavailable', async () => {
    await fillWorkFolder('incoming-a')
    await fillWorkFolder('incoming-b')
    const { deps } = world()
    const failing = (error: Error) => ({
      ...deps,
      workFolders: {
        ...deps.workFolders,
        remove: (name: string) =>
          name === 'incoming-a' ? Promise.reject(error) : deps.workFolders.remove(name),
      },
    })
    const away = new AppError('storage-unavailable', '')
    const health = { ...deps.health, storage: () => Promise.reject(away) }
    await expect(keep(25, {}, { ...failing(away), health })).rejects.toThrow(AppError)
    expect(await keep(25, {}, failing(new Error('odd')))).toMatchObject({
      folders: 1,
      orphans: 0,
      expired: 0,
      retired: 0,
    })
    expect(await workFolders()).toEqual(['incoming-a'])
  })

  test('goes on when the storage works but one folder fails as if it did not', async () => {
    await fillWorkFolder('incoming-a')
    await fillWorkFolder('incoming-b')
    const { deps } = world()
    const remove = (name: string) =>
      name === 'incoming-a'
        ? Promise.reject(new AppError('storage-unavailable', 'not permitted'))
        : deps.workFolders.remove(name)
    const removed = await keep(25, {}, { ...deps, workFolders: { ...deps.workFolders, remove } })
    expect(removed).toMatchObject({ folders: 1, orphans: 0, expired: 0, retired: 0 })
    expect(await workFolders()).toEqual(['incoming-a'])
  })

  test('removes parts even if the work folders cannot be listed', async () => {
    const job = await addJob('completed')
    await store(`parts/${job.id}/1.ts`)
    const { deps } = world()
    const list = () => Promise.reject(new Error('not permitted'))
    const unlisted = { ...deps, workFolders: { ...deps.workFolders, list } }
    await expect(keep(25, {}, unlisted)).rejects.toThrow('not permitted')
    expect(await world().files()).not.toContain(`parts/${job.id}/1.ts`)
  })
})

describe('old outputs', () => {
  const addOutput = async (status: FinalStatus) => {
    const { passes, jobs } = world().deps.repositories
    const job = await addJob('processing')
    const filePath = `processed/${job.id}/480p.mp4`
    await store(filePath)
    await passes.complete(job.id, 'a', [makeOutput(job, '480p', { filePath })])
    await jobs.finish(job.id, { status, errorCode: null, errorMessage: null })
    return job
  }

  test('are removed, and the job and its downloads say so', async () => {
    const job = await addOutput('completed')
    const { deps } = world()
    expect(await keep(23, { outputDays: 1 })).toMatchObject({
      folders: 0,
      orphans: 0,
      expired: 0,
      retired: 0,
    })
    expect(await keep(25, { outputDays: 1 })).toMatchObject({ expired: expect.any(Number) as number })
    expect(await world().files()).not.toContain(`processed/${job.id}/480p.mp4`)
    expect((await deps.repositories.jobs.getById(job.id))?.expiredAt).toBeInstanceOf(Date)
    expect(await deps.repositories.outputs.list(job.id)).toHaveLength(1)
    const expired = { code: 'output-expired' }
    await expect(openOutput(deps, LOCAL_OWNER, job.id, null)).rejects.toMatchObject(expired)
    await expect(openProcessedFile(deps, LOCAL_OWNER, job.id, '480p.mp4')).rejects.toMatchObject(expired)
    expect(await keep(25, { outputDays: 1 })).toMatchObject({ expired: 0 })
  })

  test('of a failed job are made again by a retry', async () => {
    const job = await addOutput('failed')
    const { jobs, passes, outputs } = world().deps.repositories
    await keep(25, { outputDays: 1 })
    expect(await jobs.restart(job.id, job.workflowId, 'edit-again')).toBe('pending')
    expect(await passes.list(job.id)).toMatchObject([{ name: 'a', status: 'pending', progress: 0 }])
    expect(await outputs.list(job.id)).toEqual([])
    expect(await jobs.getById(job.id)).toMatchObject({ expiredAt: null, progress: 0 })
  })

  test('stay with a job that was retried in the meantime', async () => {
    const job = await addOutput('failed')
    const { jobs } = world().deps.repositories
    await jobs.restart(job.id, job.workflowId, 'edit-once-more')
    expect(await jobs.expire(job.id, inHours(99), () => Promise.reject(new Error('not to be called')))).toBe(
      false,
    )
  })

  test('are not recorded as gone when they cannot be removed', async () => {
    const job = await addOutput('completed')
    const { jobs } = world().deps.repositories
    await expect(jobs.expire(job.id, inHours(99), () => Promise.reject(new Error('away')))).rejects.toThrow()
    expect((await jobs.getById(job.id))?.expiredAt).toBeNull()
  })

  test('do not include the video of an upload', async () => {
    const video = await world().addVideo()
    await keep(9999, { outputDays: 1 })
    expect(await world().files()).toContain(video.filePath)
  })
})
