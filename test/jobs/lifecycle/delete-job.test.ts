import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { acceptUpload } from '../../../src/jobs/accept-upload.js'
import { deleteJob } from '../../../src/jobs/lifecycle/delete-job.js'
import { type JobId, LOCAL_OWNER } from '../../../src/jobs/model.js'
import { UNKNOWN_JOB } from '../../http/stand-in-use-cases.js'
import { useSubmittedJobs } from '../submitted-jobs.js'

const { world, submit, submitHalfDone, end } = useSubmittedJobs()
const remove = (id: JobId) => deleteJob(world().deps, LOCAL_OWNER, id)

describe('deleting a job', () => {
  test.each(['completed', 'failed', 'cancelled'] as const)('that is %s removes its files', async (status) => {
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

  test('of an upload is refused, because its video shows its poster', async () => {
    const { deps } = world()
    const { job: view } = await acceptUpload(
      deps,
      LOCAL_OWNER,
      { file: await world().receive('a video') },
      null,
    )
    await end(view.job.id, 'completed')
    await expect(remove(view.job.id)).rejects.toMatchObject({ code: 'job-not-deletable' })
  })

  test('fails as unknown when it does not exist', async () => {
    await expect(remove(UNKNOWN_JOB)).rejects.toMatchObject({ code: 'job-not-found' })
  })

  test('keeps its rows when the storage is unavailable', async () => {
    const { id } = await submit()
    await end(id, 'completed')
    const away = new AppError('storage-unavailable', 'away')
    const deps = { ...world().deps, storage: { ...world().deps.storage, remove: () => Promise.reject(away) } }
    await expect(deleteJob(deps, LOCAL_OWNER, id)).rejects.toBe(away)
    expect(await world().deps.repositories.jobs.getById(id)).not.toBeNull()
  })
})
