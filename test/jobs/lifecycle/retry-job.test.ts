import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { acceptUpload } from '../../../src/jobs/accept-upload.js'
import { previewEdit, submitEdit } from '../../../src/jobs/edits/submit-edit.js'
import { deleteJob } from '../../../src/jobs/lifecycle/delete-job.js'
import { retryJob } from '../../../src/jobs/lifecycle/retry-job.js'
import { startUnstarted } from '../../../src/jobs/lifecycle/start-unstarted.js'
import { type FinalStatus, type JobId, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { UNKNOWN_JOB } from '../../http/stand-in-use-cases.js'
import { compilePlan, edited, ladder, MARK, mediaFacts } from '../../support/plan-facts.js'
import { makeOutput } from '../../support/records.js'
import { editRequest, useWorld } from '../world.js'

const world = useWorld()

async function submit() {
  const video = await world().addVideo({ facts: mediaFacts() })
  const { job: view } = await submitEdit(world().deps, LOCAL_OWNER, editRequest(video), null)
  return view.job
}

const end = (id: JobId, status: FinalStatus) =>
  world().deps.repositories.jobs.finish(id, {
    status,
    errorCode: status === 'failed' ? 'ffmpeg-crashed' : null,
    errorMessage: status === 'failed' ? 'It crashed.' : null,
  })

const retry = (id: JobId) => retryJob(world().deps, LOCAL_OWNER, id)
const remove = (id: JobId) => deleteJob(world().deps, LOCAL_OWNER, id)

/** Two renditions, of which one was finished. */
async function submitHalfDone() {
  const job = await submit()
  const { jobs, passes } = world().deps.repositories
  const plan = compilePlan(ladder('480p', '240p'))
  await jobs.savePlan(job.id, plan)
  await jobs.enterStage(job.id, 'rendering')
  for (const { name } of plan.passes) await passes.begin(job.id, name, { number: 1, worker: 'w' })
  await passes.complete(job.id, 'transcode-480p', [makeOutput(job, '480p')])
  await passes.fail(job.id, 'transcode-240p', { number: 1, worker: 'w' }, 'ffmpeg-crashed')
  return job
}

describe('a retry', () => {
  test.each(['failed', 'cancelled'] as const)(
    'of a job that is %s starts another workflow',
    async (status) => {
      const job = await submit()
      await end(job.id, status)
      const { job: again } = await retry(job.id)
      expect(again).toMatchObject({
        ...{ status: 'pending', stage: 'queued', progress: 0, errorCode: null, errorMessage: null },
        ...{ startedAt: null, finishedAt: null, workflowId: `${job.workflowId}.2` },
      })
      expect(world().orchestrator.started).toEqual([job.workflowId, `${job.workflowId}.2`])
      await end(job.id, status)
      expect((await retry(job.id)).job.workflowId).toBe(`${job.workflowId}.3`)
    },
  )

  test('keeps what was finished', async () => {
    const job = await submitHalfDone()
    await end(job.id, 'failed')
    const { job: again, passes, outputs } = await retry(job.id)
    expect(passes).toMatchObject([
      { name: 'transcode-480p', status: 'completed', progress: 1 },
      { name: 'transcode-240p', status: 'pending', progress: 0, attempt: 0, errorCode: null, worker: null },
    ])
    expect(outputs.map(({ name }) => name)).toEqual(['480p'])
    expect(again.progress).toBeGreaterThan(50)
    expect(again.progress).toBeLessThan(100)
  })

  test.each(['pending', 'completed'] as const)('of a job that is %s is refused', async (status) => {
    const { id } = await submit()
    if (status === 'completed') await end(id, status)
    await expect(retry(id)).rejects.toMatchObject({ code: 'job-not-retryable' })
  })

  test('of two at the same moment only one is accepted', async () => {
    const { id, workflowId } = await submit()
    await end(id, 'failed')
    const results = await Promise.allSettled([retry(id), retry(id)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(world().orchestrator.started).toEqual([workflowId, `${workflowId}.2`])
  })

  test('of a job whose asset is gone is refused, and changes nothing', async () => {
    const video = await world().addVideo({ facts: mediaFacts() })
    const { id } = await submit()
    const request = editRequest(video, { type: 'edit', ...edited(MARK) })
    await expect(previewEdit(world().deps, LOCAL_OWNER, request)).rejects.toMatchObject({
      code: 'asset-not-found',
    })
    await end(id, 'failed')
    world().orchestrator.failures.check = new AppError('orchestrator-unavailable', 'away')
    await expect(retry(id)).rejects.toMatchObject({ code: 'orchestrator-unavailable' })
    expect(await world().deps.repositories.jobs.getById(id)).toMatchObject({ status: 'failed' })
  })

  test('that cannot be started now is started by the sweep', async () => {
    const { id, workflowId } = await submit()
    await end(id, 'failed')
    const { orchestrator, deps } = world()
    orchestrator.failures.start = new AppError('orchestrator-unavailable', 'away')
    expect((await retry(id)).job.status).toBe('pending')
    orchestrator.failures.start = null
    await startUnstarted(deps, new Date(Date.now() + 60_000))
    expect(orchestrator.started).toContain(`${workflowId}.2`)
  })

  test('is not ended by the workflow before it', async () => {
    const { id, workflowId } = await submit()
    await end(id, 'failed')
    await retry(id)
    const { jobs } = world().deps.repositories
    const late = { status: 'failed', errorCode: null, errorMessage: null } as const
    await jobs.finish(id, late, workflowId)
    expect(await jobs.getById(id)).toMatchObject({ status: 'pending' })
    await jobs.finish(id, late, `${workflowId}.2`)
    expect(await jobs.getById(id)).toMatchObject({ status: 'failed' })
  })

  test('of an upload makes its video one that is being processed', async () => {
    const { deps } = world()
    const { job: view } = await acceptUpload(deps, LOCAL_OWNER, await world().receive('a video'), null)
    await end(view.job.id, 'failed')
    await retry(view.job.id)
    expect(await deps.repositories.videos.getById(view.job.videoId)).toMatchObject({ status: 'processing' })
  })
})

describe('deleting a job', () => {
  test.each(['completed', 'failed', 'cancelled'] as const)('that is %s takes its files', async (status) => {
    const job = await submitHalfDone()
    const key = `processed/${job.id}/480p.mp4`
    await world().deps.storage.putFile(key, (await world().receive('film')).path, 'replace')
    expect(await world().files()).toContain(key)
    await end(job.id, status)
    await remove(job.id)
    expect(await world().files()).not.toContain(key)
    expect(await world().deps.repositories.jobs.getById(job.id)).toBeNull()
    expect(await world().deps.repositories.outputs.list(job.id)).toEqual([])
  })

  test('that runs is refused', async () => {
    const { id } = await submit()
    await expect(remove(id)).rejects.toMatchObject({ code: 'job-not-deletable' })
    expect(await world().deps.repositories.jobs.getById(id)).not.toBeNull()
  })

  test('of an upload is refused: its video has its poster', async () => {
    const { deps } = world()
    const { job: view } = await acceptUpload(deps, LOCAL_OWNER, await world().receive('a video'), null)
    await end(view.job.id, 'completed')
    await expect(remove(view.job.id)).rejects.toMatchObject({ code: 'job-not-deletable' })
  })

  test('that is not there says so', async () => {
    await expect(remove(UNKNOWN_JOB)).rejects.toMatchObject({ code: 'job-not-found' })
  })

  test('keeps its rows when the storage is away', async () => {
    const { id } = await submit()
    await end(id, 'completed')
    const away = new AppError('storage-unavailable', 'away')
    const deps = { ...world().deps, storage: { ...world().deps.storage, remove: () => Promise.reject(away) } }
    await expect(deleteJob(deps, LOCAL_OWNER, id)).rejects.toBe(away)
    expect(await world().deps.repositories.jobs.getById(id)).not.toBeNull()
  })
})

test('a dry run has passes, arguments and outputs by their keys, and creates nothing', async () => {
  const video = await world().addVideo({ facts: mediaFacts() })
  const plan = await previewEdit(world().deps, LOCAL_OWNER, editRequest(video))
  expect(plan.outputs).toEqual([
    expect.objectContaining({
      ...{ name: '480p', key: 'processed/{job_id}/480p.mp4', container: 'mp4', height: 480 },
      passName: 'transcode-480p',
    }),
  ])
  const [pass] = plan.passes
  expect(pass?.inputs).toEqual([video.filePath])
  expect(pass?.ffmpegArguments).toContain(`file:${video.filePath}`)
  expect(pass?.ffmpegArguments.at(-1)).toBe('file:processed/{job_id}/480p.mp4')
  expect(plan.outputs[0]?.maxSizeBytes).toBeGreaterThan(0)
  const { jobs } = world().deps.repositories
  const page = { limit: 10, after: null }
  expect(await jobs.list(LOCAL_OWNER, { videoId: video.id, type: 'quality' }, page)).toEqual([])
})
