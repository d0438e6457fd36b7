import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { acceptUpload } from '../../../src/jobs/accept-upload.js'
import { submitEdit } from '../../../src/jobs/edits/submit-edit.js'
import { cancelJob } from '../../../src/jobs/lifecycle/cancel-job.js'
import { type FinalStatus, type JobId, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { editRequest, useWorld } from '../world.js'

const world = useWorld()

const AWAY = new AppError('orchestrator-unavailable', 'Temporal is not reachable.')

async function submit() {
  const { job: view } = await submitEdit(
    world().deps,
    LOCAL_OWNER,
    editRequest(await world().addVideo()),
    null,
  )
  return view.job
}

const cancel = (id: JobId) => cancelJob(world().deps, LOCAL_OWNER, id)

const finish = (id: JobId, status: FinalStatus) =>
  world().deps.repositories.jobs.finish(id, { status, errorCode: null, errorMessage: null })

describe('cancelling a job', () => {
  test('that runs is left to its workflow, which then writes the end', async () => {
    const { id } = await submit()
    expect(await cancel(id)).toMatchObject({ already: false, job: { job: { status: 'pending' } } })
  })

  test('that was never started ends it at once', async () => {
    world().orchestrator.failures.start = AWAY
    const { id } = await submit()
    expect(await cancel(id)).toMatchObject({ already: false, job: { job: { status: 'cancelled' } } })
  })

  test('that was never started and is an upload makes its video unusable', async () => {
    world().orchestrator.failures.start = AWAY
    const { deps } = world()
    const { job: view } = await acceptUpload(
      deps,
      LOCAL_OWNER,
      { file: await world().receive('a video') },
      null,
    )
    await cancel(view.job.id)
    expect(await deps.repositories.videos.getById(view.job.videoId)).toMatchObject({ status: 'failed' })
  })

  test('a second time says that it is cancelled', async () => {
    const { id } = await submit()
    await finish(id, 'cancelled')
    expect(await cancel(id)).toMatchObject({ already: true })
  })

  test.each(['completed', 'failed'] as const)('that has %s is refused', async (status) => {
    const { id } = await submit()
    await finish(id, status)
    await expect(cancel(id)).rejects.toMatchObject({ code: 'job-finished' })
  })

  test('that completes at the same moment is refused, and stays completed', async () => {
    const { id } = await submit()
    const { orchestrator, deps } = world()
    orchestrator.onCancel = async () => {
      await finish(id, 'completed')
      orchestrator.started.length = 0
    }
    await expect(cancel(id)).rejects.toMatchObject({ code: 'job-finished' })
    expect(await deps.repositories.jobs.getById(id)).toMatchObject({ status: 'completed' })
  })

  test('while Temporal is unavailable leaves it as it is', async () => {
    const { id } = await submit()
    world().orchestrator.failures.cancel = AWAY
    await expect(cancel(id)).rejects.toBe(AWAY)
    expect(await world().deps.repositories.jobs.getById(id)).toMatchObject({ status: 'pending' })
  })
})
