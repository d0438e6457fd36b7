import { describe, expect, test } from 'vitest'
import { type JobType, LOCAL_OWNER } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { newJob, newVideo } from '../../support/records.js'
import { keepFiles, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()
const ROUNDS = 20
const FAILED = { status: 'failed', errorCode: 'ffmpeg-crashed', errorMessage: null } as const

/** A video with a job of it that has failed: its upload or an edit. */
async function addFailed(type: Extract<JobType, 'upload' | 'edit'>): Promise<NewJob> {
  const { jobs } = repositories()
  const video = newVideo()
  const upload = newJob(video.id, { type: 'upload', edit: null })
  await jobs.createUpload(video, upload, null)
  if (type === 'upload') {
    await jobs.finish(upload.id, FAILED)
    return upload
  }
  await jobs.finish(upload.id, { status: 'completed', errorCode: null, errorMessage: null })
  const edit = newJob(video.id)
  await jobs.create(edit, null)
  await jobs.finish(edit.id, FAILED)
  return edit
}

describe('deleting a video while a job of it is retried', () => {
  test.each(['upload', 'edit'] as const)('one of the two is refused: %s', async (type) => {
    const { jobs, videos } = repositories()
    for (let round = 0; round < ROUNDS; round += 1) {
      const job = await addFailed(type)
      const [deletion, retry] = await Promise.allSettled([
        videos.delete(LOCAL_OWNER, job.videoId, keepFiles),
        jobs.restart(job.id, job.workflowId, `${job.workflowId}-again`),
      ])
      if ((await videos.getById(job.videoId)) === null) {
        expect(retry).toMatchObject({ status: 'rejected', reason: { code: 'job-not-found' } })
      } else {
        expect([deletion, retry]).toMatchObject([{ value: 'in-use' }, { value: 'pending' }])
      }
    }
  })
})
