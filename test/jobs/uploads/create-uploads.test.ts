import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { keepHouse } from '../../../src/jobs/housekeeping/keep-house.js'
import { countUploads, createArrivals } from '../../../src/jobs/incoming-folders.js'
import { LOCAL_OWNER } from '../../../src/jobs/model.js'
import { createUploads } from '../../../src/jobs/uploads/create-uploads.js'
import { expiryOf, type Upload } from '../../../src/jobs/uploads/upload.js'
import type { HeldUpload } from '../../../src/jobs/uploads/use-cases.js'
import { selectAll, useDatabase } from '../../db/fixtures.js'
import { useWorld, withFree } from '../world.js'

const database = useDatabase()
const world = useWorld(database)

const HOUR_MS = 3_600_000
const MIB = 1024 ** 2

const uploadsOf = (deps: JobsDeps = world().deps) =>
  createUploads(deps, createArrivals(deps, countUploads(null)))
const NEW = { originalFilename: 'a.mp4', metadata: {}, priority: 3, isPart: false }
const create = (sizeBytes: number | null, deps?: JobsDeps) =>
  uploadsOf(deps).create(LOCAL_OWNER, { ...NEW, sizeBytes }, null)
const hold = ({ id }: Upload, onAsked = () => {}) =>
  uploadsOf().hold(id, new AbortController().signal, onAsked)
const bytesOf = (bytes: AsyncIterable<Buffer>) => ({ bytes, announcedBytes: 8, checksum: null })

async function* chunks(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}

async function send(upload: Upload, text: string): Promise<number> {
  const held = await hold(upload)
  return held.append(bytesOf(chunks(text))).finally(() => held.release())
}

async function storedBytes({ videoId }: Upload): Promise<string> {
  const video = videoId && (await world().deps.repositories.videos.getById(videoId))
  return readFile(await world().fetch(video ? video.filePath : ''), 'utf8')
}

test('a holder who slept and lost the upload cannot write into it, also when it is a video by then', async () => {
  const upload = await create(8)
  let wake = () => {}
  const asleep = new Promise<void>((resolve) => {
    wake = resolve
  })
  let begun = () => {}
  const isWriting = new Promise<void>((resolve) => {
    begun = resolve
  })
  async function* sleepy() {
    yield Buffer.from('aa')
    begun()
    await asleep
    yield Buffer.from('aaaaaa')
  }
  const sleeper = await hold(upload)
  const sleeping = sleeper.append(bytesOf(sleepy()))
  sleeping.catch(() => undefined)
  await isWriting
  await selectAll(
    database.database(),
    "UPDATE resumable_uploads SET leased_until = now() - interval '1 s' WHERE id = $id RETURNING id",
    { id: upload.id },
  )
  expect(await send(upload, 'bbbbbbbb')).toBe(8)
  const done = await uploadsOf().finish(upload.id)
  wake()
  await expect(sleeping).rejects.toMatchObject({ code: 'upload-locked' })
  await sleeper.release()
  expect(await storedBytes(done)).toBe('bbbbbbbb')
  expect((await world().files()).filter((file) => file.startsWith('work/'))).toEqual([])
})

test('whoever waits for an upload has its holder asked to let go', async () => {
  const upload = await create(8)
  const first: { held?: HeldUpload } = {}
  first.held = await hold(upload, () => void first.held?.release())
  const second = await hold(upload)
  await second.release()
})

test('an upload whose job was made just before a crash gets that job, and no other', async () => {
  const { deps } = world()
  const upload = await create(4)
  await send(upload, 'film')
  const { uploads } = deps.repositories
  const failing: JobsDeps = {
    ...deps,
    repositories: {
      ...deps.repositories,
      uploads: {
        ...uploads,
        acquire: (...args) => uploads.acquire(...args),
        get: (id) => uploads.get(id),
        release: (...args) => uploads.release(...args),
        update: () => Promise.reject(new AppError('db-unavailable', 'It is away.')),
      },
    },
  }
  await expect(uploadsOf(failing).finish(upload.id)).rejects.toMatchObject({ code: 'db-unavailable' })
  const done = await uploadsOf().finish(upload.id)
  expect(done).toMatchObject({ status: 'completed' })
  const { total } = await deps.repositories.videos.list(LOCAL_OWNER, { skip: 0, limit: 10 })
  const { videos } = await deps.repositories.videos.list(LOCAL_OWNER, { skip: 0, limit: total })
  expect(videos.filter(({ fileSize }) => fileSize === 4)).toHaveLength(1)
  expect(await storedBytes(done)).toBe('film')
})

test('what has arrived counts as stored, and an upload beyond the quota or the disk is refused', async () => {
  const { deps } = world()
  const before = await deps.repositories.usage.storedBytes(LOCAL_OWNER)
  const upload = await create(8)
  await send(upload, 'abc')
  expect(await deps.repositories.usage.storedBytes(LOCAL_OWNER)).toBe(before + 3)
  const limited: JobsDeps = { ...deps, quotas: { ...deps.quotas, storedBytes: before + 10 } }
  await expect(create(8, limited)).rejects.toMatchObject({ code: 'storage-quota-exceeded' })
  const held = await uploadsOf(limited).hold(upload.id, new AbortController().signal, () => {})
  await expect(held.append({ ...bytesOf(chunks('x')), announcedBytes: 9 })).rejects.toMatchObject({
    code: 'storage-quota-exceeded',
  })
  await held.remove()
  await expect(create(5 * MIB, withFree(world(), MIB))).rejects.toMatchObject({ code: 'disk-full' })
})

test('quiet uploads are swept with their bytes, others are not', async () => {
  const upload = await create(8)
  await send(upload, 'abc')
  const { deps } = world()
  const keep = (hours: number) => keepHouse(deps, new Date(Date.now() + hours * HOUR_MS))
  await keep(23)
  expect(await uploadsOf().get(upload.id)).toMatchObject({ receivedBytes: 3 })
  await keep(25)
  await expect(uploadsOf().get(upload.id)).rejects.toMatchObject({ code: 'upload-not-found' })
  expect((await world().files()).filter((file) => file.includes(upload.id))).toEqual([])
})

test('a byte a day does not keep an upload for ever', () => {
  const begun = new Date('2026-12-01T00:00:00Z')
  const after = (hours: number) => new Date(begun.getTime() + hours * HOUR_MS)
  expect(expiryOf(begun, after(10), 24)).toEqual(after(34))
  expect(expiryOf(begun, after(160), 24)).toEqual(after(168))
})
