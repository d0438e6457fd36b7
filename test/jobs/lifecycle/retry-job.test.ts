import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { acceptUpload } from '../../../src/jobs/accept-upload.js'
import { createAsset, deleteAsset } from '../../../src/jobs/assets/assets.js'
import { previewEdit, submitEdit } from '../../../src/jobs/edits/submit-edit.js'
import { removeRetired } from '../../../src/jobs/housekeeping/remove-retired.js'
import { retryJob } from '../../../src/jobs/lifecycle/retry-job.js'
import { startUnstarted } from '../../../src/jobs/lifecycle/start-unstarted.js'
import { type JobId, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { edited, imageAsset, MARK, mediaFacts } from '../../support/plan-facts.js'
import { planEdit } from '../plan-job.js'
import { useSubmittedJobs } from '../submitted-jobs.js'
import { editRequest } from '../world.js'

const { world, submit, submitHalfDone, end } = useSubmittedJobs()
const retry = (id: JobId) => retryJob(world().deps, LOCAL_OWNER, id)

describe('a retry', () => {
  test.each(['failed', 'cancelled'] as const)(
    'of a job that is %s starts another workflow',
    async (status) => {
      const job = await submit()
      await end(job.id, status)
      const { job: again } = await retry(job.id)
      expect(again).toMatchObject({
        status: 'pending',
        stage: 'queued',
        progress: 0,
        errorCode: null,
        errorMessage: null,
        startedAt: null,
        finishedAt: null,
        workflowId: `${job.workflowId}.2`,
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

  test('is accepted only once when two are asked for at the same moment', async () => {
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

  test('reads the assets that the job was accepted with, whatever has become of their names', async () => {
    const { deps } = world()
    const name = MARK.watermark_path
    world().facts = imageAsset().facts ?? mediaFacts()
    const create = async (contents: string) =>
      createAsset(deps, LOCAL_OWNER, { name, file: await world().receive(contents) })
    const first = await create('first')
    const video = await world().addVideo({ facts: mediaFacts() })
    const request = editRequest(video, { type: 'edit', ...edited(MARK) })
    const submitMarked = async () => (await submitEdit(deps, LOCAL_OWNER, request, null)).job.job
    const job = await submitMarked()
    await end(job.id, 'failed')
    await deleteAsset(deps, LOCAL_OWNER, name)
    await removeRetired(deps)
    expect((await retry(job.id)).job).toMatchObject({ status: 'pending', assetIds: [first.id] })
    const second = await create('second')
    expect(await keysRead(job.id)).toContain(first.filePath)
    expect(await keysRead((await submitMarked()).id)).toContain(second.filePath)
    expect(await readFile(await world().fetch(first.filePath), 'utf8')).toBe('first')
  })

  /** What a plan that is made now reads. */
  async function keysRead(id: JobId): Promise<string[]> {
    const { repositories } = world().deps
    const job = await repositories.jobs.getById(id)
    const video = job && (await repositories.videos.getById(job.videoId))
    if (!job?.edit || !video) throw new Error('the job has no edit')
    const { owner, edit, assetIds } = job
    const plan = await planEdit(world().deps, { owner, edit, assetIds }, video, 'x/')
    return plan.passes.flatMap(({ inputs }) => inputs.map(({ key }) => key))
  }

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

  test('is not ended by the previous workflow', async () => {
    const { id, workflowId } = await submit()
    await end(id, 'failed')
    await retry(id)
    const { jobs } = world().deps.repositories
    const late = { status: 'failed', errorCode: null, errorMessage: null } as const
    await jobs.finish(id, late, { workflowId })
    expect(await jobs.getById(id)).toMatchObject({ status: 'pending' })
    await jobs.finish(id, late, { workflowId: `${workflowId}.2` })
    expect(await jobs.getById(id)).toMatchObject({ status: 'failed' })
  })

  test('of an upload sets its video to processing', async () => {
    const { deps } = world()
    const { job: view } = await acceptUpload(
      deps,
      LOCAL_OWNER,
      { file: await world().receive('a video') },
      null,
    )
    await end(view.job.id, 'failed')
    await retry(view.job.id)
    expect(await deps.repositories.videos.getById(view.job.videoId)).toMatchObject({ status: 'processing' })
  })
})
