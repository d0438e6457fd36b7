import { stat } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.js'
import { acceptUpload } from '../../src/jobs/accept-upload.js'
import type { JobsDeps } from '../../src/jobs/deps.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import type { JobsRepository } from '../../src/jobs/ports/repositories.js'
import { mediaFacts, videoFacts } from '../support/plan-facts.js'
import { useWorld } from './world.js'

const world = useWorld()

const DB_AWAY = new AppError('db-unavailable', 'PostgreSQL is not available')

async function upload(deps: JobsDeps = world().deps, key: string | null = null, contents = 'a video') {
  const file = await world().receive(contents)
  const idempotency = key === null ? null : { key, fingerprint: file.sha256 }
  return acceptUpload(deps, LOCAL_OWNER, { file }, idempotency)
}

function withJobs(change: Partial<JobsRepository>): JobsDeps {
  const { deps } = world()
  return {
    ...deps,
    repositories: { ...deps.repositories, jobs: { ...deps.repositories.jobs, ...change } },
  }
}

describe('an upload', () => {
  test('becomes a stored file, a video and a started job', async () => {
    const { job: view, created } = await upload()
    const video = await world().deps.repositories.videos.get(LOCAL_OWNER, view.job.videoId)
    expect(created).toBe(true)
    expect(video).toMatchObject({ status: 'processing', originalFilename: 'clip.mp4', fileSize: 7 })
    expect(await world().files()).toEqual([`uploads/${view.job.videoId}.mp4`])
    expect(world().orchestrator.started).toEqual([`ingest-${view.job.id}`])
  })

  test('is answered again by its key, without a second file', async () => {
    const first = await upload(world().deps, 'once')
    world().facts = new AppError('unsupported-media', 'not asked again')
    const again = await upload(world().deps, 'once')
    expect(again).toMatchObject({ created: false, job: { job: { id: first.job.job.id } } })
    expect(await world().files()).toHaveLength(1)
  })

  test('leaves no second file when another upload takes its key at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => upload(world().deps, 'at-once')))
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    expect(await world().files()).toHaveLength(1)
  })
})

test('a file of sound alone is accepted', async () => {
  world().facts = mediaFacts({ video: null })
  const { job } = await upload()
  expect(await world().deps.repositories.videos.getById(job.job.videoId)).toMatchObject({
    facts: { video: null },
  })
})

test.each([
  ['a photo of 48 megapixels', 'jpeg_pipe', { width: 8064, height: 6048 }],
  ['a GIF of one picture', 'gif', {}],
])('%s is accepted, and has no length', async (_case, format, size) => {
  world().facts = mediaFacts({ format, durationSec: 0, video: videoFacts(size) })
  const { job } = await upload()
  expect(await world().deps.repositories.videos.getById(job.job.videoId)).toMatchObject({
    facts: { durationSec: 0 },
  })
})

describe('an upload leaves nothing when', () => {
  test.each([
    ['ffprobe refuses it', new AppError('unsupported-media', 'no video')],
    ['its picture is too large', mediaFacts({ video: videoFacts({ width: 4321, height: 4321 }) })],
    ['it has neither a length nor a second frame', mediaFacts({ durationSec: 0 })],
  ])('%s', async (_case, facts) => {
    world().facts = facts
    await expect(upload()).rejects.toMatchObject({ code: 'unsupported-media' })
    expect(await world().files()).toEqual([])
    expect(world().orchestrator.started).toEqual([])
  })

  test('Temporal is unavailable', async () => {
    world().orchestrator.failures.check = new AppError('orchestrator-unavailable', 'away')
    await expect(upload()).rejects.toMatchObject({ code: 'orchestrator-unavailable' })
    expect(await world().files()).toEqual([])
  })

  test('the database is unavailable', async () => {
    const { deps } = world()
    const health = { ...deps.health, database: () => Promise.reject(DB_AWAY) }
    await expect(upload({ ...deps, health })).rejects.toBe(DB_AWAY)
    expect(await world().files()).toEqual([])
  })

  test('its rows are refused', async () => {
    const full = new AppError('queue-full', 'too many')
    const deps = withJobs({ createUpload: () => Promise.reject(full) })
    await expect(upload(deps)).rejects.toBe(full)
    expect(await world().files()).toEqual([])
  })

  test('its key belongs to another request', async () => {
    await upload(world().deps, 'taken')
    const kept = await world().files()
    const other = upload(world().deps, 'taken', 'another video')
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused' })
    expect(await world().files()).toEqual(kept)
  })
})

test('an upload keeps its file while nobody knows whether its rows were written', async () => {
  const deps = withJobs({ createUpload: () => Promise.reject(DB_AWAY) })
  await expect(upload(deps)).rejects.toBe(DB_AWAY)
  expect(await world().files()).toHaveLength(1)
})

test('an upload whose rows were written keeps its file, even if the answer fails', async () => {
  const deps = withJobs({ getWhole: () => Promise.reject(DB_AWAY) })
  await expect(upload(deps)).rejects.toBe(DB_AWAY)
  const [key = ''] = await world().files()
  const filename = key.replace('uploads/', '')
  const video = await world().deps.repositories.videos.getByFilename(LOCAL_OWNER, filename)
  expect(video).not.toBeNull()
  expect((await stat(await world().fetch(key))).size).toBe(7)
})
