import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { createAsset, deleteAsset } from '../../../src/jobs/assets/assets.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { submitEdit } from '../../../src/jobs/edits/submit-edit.js'
import { LOCAL_OWNER, type VideoId } from '../../../src/jobs/model.js'
import type { EditRequest } from '../../../src/jobs/use-cases.js'
import { FFMPEG_PARTS } from '../../../src/plan/ffmpeg-parts.js'
import { COMPLETE } from '../../support/capabilities.js'
import { textOverlay } from '../../support/overlays.js'
import { imageAsset, MARK, mediaFacts, TRIM } from '../../support/plan-facts.js'
import { editRequest, useWorld } from '../world.js'

const world = useWorld()

const AWAY = new AppError('orchestrator-unavailable', 'Temporal is not reachable.')

const submit = (request: EditRequest, key: string | null = null, deps: JobsDeps = world().deps) =>
  submitEdit(deps, LOCAL_OWNER, request, key === null ? null : { key, fingerprint: JSON.stringify(request) })

async function jobsOf(videoId: VideoId) {
  return world().deps.repositories.jobs.list(
    LOCAL_OWNER,
    { videoId, type: 'quality' },
    {
      limit: 10,
      after: null,
    },
  )
}

describe('an edit', () => {
  test('is a row and a workflow of its id', async () => {
    const video = await world().addVideo()
    const { job: view, created } = await submit(editRequest(video))
    expect(created).toBe(true)
    expect(view.job).toMatchObject({ status: 'pending', workflowId: `edit-${view.job.id}` })
    expect(view.temporalUiUrl).toBe(`http://ui/edit-${view.job.id}`)
    expect(world().orchestrator.started).toEqual([view.job.workflowId])
  })

  test('is refused without a row while Temporal is unavailable', async () => {
    const video = await world().addVideo()
    world().orchestrator.failures.check = AWAY
    await expect(submit(editRequest(video))).rejects.toBe(AWAY)
    expect(await jobsOf(video.id)).toEqual([])
  })

  test('is accepted even if its start fails after its row is written, and the sweep starts it', async () => {
    const video = await world().addVideo()
    world().orchestrator.failures.start = AWAY
    const { job: view, created } = await submit(editRequest(video))
    expect({ created, status: view.job.status }).toEqual({ created: true, status: 'pending' })
    const soon = new Date(Date.now() + 1000)
    const unstarted = await world().deps.repositories.jobs.listUnstarted({ from: soon, to: soon }, 100)
    expect(unstarted.map(({ id }) => id)).toContain(view.job.id)
  })

  test('is refused when its video does not exist or could not be read', async () => {
    const unknown = { id: uuidv7() as VideoId }
    await expect(submit(editRequest(unknown))).rejects.toMatchObject({ code: 'video-not-found' })
    const { repositories } = world().deps
    const broken = await world().addVideo()
    const failing: JobsDeps = {
      ...world().deps,
      repositories: {
        ...repositories,
        videos: { ...repositories.videos, get: () => Promise.resolve({ ...broken, status: 'failed' }) },
      },
    }
    await expect(submit(editRequest(broken), null, failing)).rejects.toMatchObject({
      code: 'video-not-ready',
    })
  })

  test.each([
    ['watermark', '/watermark_path'],
    ['edit', '/operations/0/watermark_path'],
  ] as const)(
    'is refused when its asset does not exist, with the place in a request of %s',
    async (type, pointer) => {
      const request = editRequest(await world().addVideo(), { type, operations: [MARK] })
      const message = `There is no asset named "${MARK.watermark_path}".`
      await expect(submit(request)).rejects.toMatchObject({
        code: 'asset-not-found',
        message,
        issues: [{ pointer, message }],
      })
    },
  )
})

describe('an edit that cannot be rendered', () => {
  test.each([
    ['edit', '/operations/0'],
    ['overlay', ''],
  ] as const)('is refused when ffmpeg lacks a part that it needs: %s', async (type, pointer) => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const missing = FFMPEG_PARTS.filter(({ name }) => name === 'ass')
    const capabilities = () => Promise.resolve({ ...COMPLETE, missing })
    const deps = { ...world().deps, health: { ...world().deps.health, capabilities } }
    const request = editRequest(video, { type, operations: [textOverlay()] })
    await expect(submit(request, null, deps)).rejects.toMatchObject({
      code: 'ffmpeg-lacks-part',
      issues: [{ pointer, message: 'the ffmpeg of this server cannot draw text and subtitles' }],
    })
    expect(world().orchestrator.started).toEqual([])
    expect((await submit(request)).created).toBe(true)
  })

  test('is accepted while ffmpeg cannot be asked what it lacks', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const capabilities = () =>
      Promise.reject(new AppError('out-of-resources', 'The server has no process left.'))
    const deps = { ...world().deps, health: { ...world().deps.health, capabilities } }
    expect((await submit(editRequest(video), null, deps)).created).toBe(true)
  })

  const late = { ...TRIM, end_time: 60 }

  test('is refused with a pointer into the edit', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const request = editRequest(video, { type: 'edit', operations: [late] })
    await expect(submit(request)).rejects.toMatchObject({
      code: 'edit-unrenderable',
      issues: [{ pointer: '/operations/0/end_time' }],
    })
    expect(world().orchestrator.started).toEqual([])
  })

  test('points into the body of the route when it came through a route of one operation', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const request = editRequest(video, { type: 'trim', operations: [late], output: null })
    await expect(submit(request)).rejects.toMatchObject({ issues: [{ pointer: '/end_time' }] })
  })
})

describe('an idempotency key', () => {
  test('gives the job of the first request, and starts nothing again', async () => {
    const request = editRequest(await world().addVideo())
    const first = await submit(request, 'same')
    const again = await submit(request, 'same')
    expect(again.created).toBe(false)
    expect(again.job.job.id).toBe(first.job.job.id)
    expect(world().orchestrator.started).toHaveLength(1)
  })

  test('gives it even when what the edit read is gone, and when Temporal is unavailable', async () => {
    const { deps, orchestrator } = world()
    world().facts = imageAsset().facts ?? mediaFacts()
    await createAsset(deps, LOCAL_OWNER, { name: MARK.watermark_path, file: await world().receive('a logo') })
    const request = editRequest(await world().addVideo(), { type: 'watermark', operations: [MARK] })
    const { job: view } = await submit(request, 'later')
    await deps.repositories.jobs.finish(view.job.id, {
      status: 'completed',
      errorCode: null,
      errorMessage: null,
    })
    await deleteAsset(deps, LOCAL_OWNER, MARK.watermark_path)
    orchestrator.failures.check = AWAY
    const again = await submit(request, 'later')
    expect(again.job.job).toMatchObject({ id: view.job.id, status: 'completed' })
  })

  test('is refused with another request', async () => {
    const video = await world().addVideo()
    await submit(editRequest(video), 'taken')
    const other = submit(editRequest(video, { priority: 1 }), 'taken')
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('makes one job of requests at the same moment', async () => {
    const video = await world().addVideo()
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(editRequest(video), 'at-once')))
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(answers.map(({ job }) => job.job.id)).size).toBe(1)
    expect(await jobsOf(video.id)).toHaveLength(1)
  })
})
