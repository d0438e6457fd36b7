import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import {
  expiryLimit,
  isGarbage,
  type Leftover,
  type Retention,
} from '../../../src/jobs/housekeeping/judge-leftover.js'
import { keepHouse } from '../../../src/jobs/housekeeping/keep-house.js'
import { type FinalStatus, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { openOutput, openProcessedFile } from '../../../src/jobs/outputs.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { makeOutput, newJob, newPass, newPlan } from '../../support/records.js'
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

async function fillWorkspace(name: string): Promise<void> {
  await writeFile(join(await world().deps.storage.workspace(name), 'file'), 'bytes')
}

async function workspaces(): Promise<string[]> {
  return (await world().deps.storage.listWorkspaces()).map(({ name }) => name).sort()
}

describe('a leftover', () => {
  const NOW = new Date('2030-01-10T00:00:00Z')
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
  const ended = (status: FinalStatus, hours: number) => ({ status, finishedAt: ago(hours) })

  test.each<[string, boolean, Leftover]>([
    ['of an upload under way stays', false, { kind: 'incoming', modifiedAt: ago(23), job: null }],
    ['of an old upload goes', true, { kind: 'incoming', modifiedAt: ago(24), job: null }],
    ['of a job that is gone goes', true, { kind: 'work', modifiedAt: ago(2), job: null }],
    ['that is young stays', false, { kind: 'work', modifiedAt: ago(0.5), job: null }],
    ['of an ended job goes', true, { kind: 'work', modifiedAt: ago(9), job: ended('completed', 2) }],
    [
      'of a job that just ended stays',
      false,
      { kind: 'work', modifiedAt: ago(9), job: ended('failed', 0.5) },
    ],
    [
      'of a job that runs stays, however old',
      false,
      { kind: 'work', modifiedAt: ago(9999), job: { status: 'processing', finishedAt: null } },
    ],
    ['part of a failed job stays', false, { kind: 'parts', modifiedAt: ago(99), job: ended('failed', 99) }],
    [
      'part of a job that failed long ago goes',
      true,
      { kind: 'parts', modifiedAt: ago(200), job: ended('failed', 168) },
    ],
    ['part of a completed job goes', true, { kind: 'parts', modifiedAt: ago(9), job: ended('completed', 2) }],
  ])('%s', (_, goes, leftover) => {
    expect(isGarbage(leftover, RETENTION, NOW)).toBe(goes)
  })

  test('outputs stay for ever unless told otherwise', () => {
    expect(expiryLimit(RETENTION, NOW)).toBeNull()
    expect(expiryLimit({ ...RETENTION, outputDays: 2 }, NOW)).toEqual(new Date('2030-01-08T00:00:00Z'))
  })
})

describe('housekeeping', () => {
  test('removes uploads that came no further, by their newest byte', async () => {
    await fillWorkspace('incoming-old')
    await fillWorkspace('incoming-new')
    const dir = await world().deps.storage.workspace('incoming-new')
    // The folder is as old as the upload; its file is being written.
    await utimes(dir, 0, 0)
    const tomorrow = inHours(24)
    await utimes(join(dir, 'file'), tomorrow, tomorrow)
    expect(await keep(25)).toEqual({ folders: 1, orphans: 0, expired: 0 })
    expect(await workspaces()).toEqual(['incoming-new'])
  })

  test('removes what is left of jobs that ended or are gone, and nothing of one that runs', async () => {
    const [done, running, failed] = [
      await addJob('completed'),
      await addJob('processing'),
      await addJob('failed'),
    ]
    const gone = uuidv7()
    for (const id of [done.id, running.id, failed.id, gone]) {
      await fillWorkspace(`${id}/a.attempt`)
      await store(`parts/${id}/1.ts`)
    }
    expect(await keep(0.5)).toEqual({ folders: 0, orphans: 0, expired: 0 })
    expect(await keep(2)).toEqual({ folders: 5, orphans: 0, expired: 0 })
    expect(await workspaces()).toEqual([running.id])
    const parts = (await world().files()).filter((file) => file.startsWith('parts/'))
    expect(parts.sort()).toEqual([`parts/${running.id}/1.ts`, `parts/${failed.id}/1.ts`].sort())
    expect(await keep(169)).toEqual({ folders: 1, orphans: 0, expired: 0 })
  })

  test('removes uploaded files that no row knows, and no other', async () => {
    const video = await world().addVideo()
    const orphan = `uploads/${uuidv7()}.mp4`
    await store(orphan)
    await store('uploads/by-hand.mp4')
    expect(await keep(167)).toMatchObject({ orphans: 0 })
    expect(await keep(169)).toMatchObject({ orphans: 1 })
    expect((await world().files()).sort()).toEqual([video.filePath, 'uploads/by-hand.mp4'].sort())
  })

  test('leaves what is not ours', async () => {
    await fillWorkspace('by-hand')
    await store('parts/by-hand/1.ts')
    expect(await keep(9999)).toEqual({ folders: 0, orphans: 0, expired: 0 })
    expect(await workspaces()).toEqual(['by-hand'])
  })

  test('goes on when a folder cannot be removed, and ends when the storage is away', async () => {
    await fillWorkspace('incoming-a')
    await fillWorkspace('incoming-b')
    const { deps } = world()
    const failing = (error: Error) => ({
      ...deps,
      storage: {
        ...deps.storage,
        removeWorkspace: (name: string) =>
          name === 'incoming-a' ? Promise.reject(error) : deps.storage.removeWorkspace(name),
      },
    })
    const away = new AppError('storage-unavailable', '')
    const health = { ...deps.health, storage: () => Promise.reject(away) }
    await expect(keep(25, {}, { ...failing(away), health })).rejects.toThrow(AppError)
    expect(await keep(25, {}, failing(new Error('odd')))).toEqual({ folders: 1, orphans: 0, expired: 0 })
    expect(await workspaces()).toEqual(['incoming-a'])
  })

  test('goes on when the storage is there and one folder fails as if it were away', async () => {
    await fillWorkspace('incoming-a')
    await fillWorkspace('incoming-b')
    const { deps } = world()
    const removeWorkspace = (name: string) =>
      name === 'incoming-a'
        ? Promise.reject(new AppError('storage-unavailable', 'not permitted'))
        : deps.storage.removeWorkspace(name)
    const removed = await keep(25, {}, { ...deps, storage: { ...deps.storage, removeWorkspace } })
    expect(removed).toEqual({ folders: 1, orphans: 0, expired: 0 })
    expect(await workspaces()).toEqual(['incoming-a'])
  })

  test('removes parts although the workspaces cannot be listed', async () => {
    const job = await addJob('completed')
    await store(`parts/${job.id}/1.ts`)
    const { deps } = world()
    const storage = { ...deps.storage, listWorkspaces: () => Promise.reject(new Error('not permitted')) }
    await expect(keep(25, {}, { ...deps, storage })).rejects.toThrow('not permitted')
    expect(await world().files()).not.toContain(`parts/${job.id}/1.ts`)
  })
})

describe('outputs of an age', () => {
  const addOutput = async (status: FinalStatus) => {
    const { passes, jobs } = world().deps.repositories
    const job = await addJob('processing')
    const filePath = `processed/${job.id}/480p.mp4`
    await store(filePath)
    await passes.complete(job.id, 'a', [makeOutput(job, '480p', { filePath })])
    await jobs.finish(job.id, { status, errorCode: null, errorMessage: null })
    return job
  }

  test('go, and the job and its downloads say so', async () => {
    const job = await addOutput('completed')
    const { deps } = world()
    expect(await keep(23, { outputDays: 1 })).toEqual({ folders: 0, orphans: 0, expired: 0 })
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

  test('stay with a job that was retried meanwhile', async () => {
    const job = await addOutput('failed')
    const { jobs } = world().deps.repositories
    await jobs.restart(job.id, job.workflowId, 'edit-once-more')
    expect(await jobs.expire(job.id, inHours(99), () => Promise.reject(new Error('not to be called')))).toBe(
      false,
    )
  })

  test('are not noted as gone when they cannot be removed', async () => {
    const job = await addOutput('completed')
    const { jobs } = world().deps.repositories
    await expect(jobs.expire(job.id, inHours(99), () => Promise.reject(new Error('away')))).rejects.toThrow()
    expect((await jobs.getById(job.id))?.expiredAt).toBeNull()
  })

  test('the video of an upload stays', async () => {
    const video = await world().addVideo()
    await keep(9999, { outputDays: 1 })
    expect(await world().files()).toContain(video.filePath)
  })
})

test('folders are listed with the time of the newest thing in them', async () => {
  const { storage } = world().deps
  const dir = await storage.workspace('a/b')
  await mkdir(join(dir, 'c'))
  await writeFile(join(dir, 'c', 'file'), 'x')
  const newest = new Date('2040-01-01T00:00:00Z')
  await utimes(join(dir, 'c', 'file'), newest, newest)
  expect(await storage.listWorkspaces()).toEqual([{ name: 'a', modifiedAt: newest }])
  expect(await readdir(dirname(dir))).toEqual(['b'])
  expect(await storage.listFolders('parts/')).toEqual([])
})
