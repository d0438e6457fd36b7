import { submitEdit } from '../../src/jobs/edits/submit-edit.js'
import { type FinalStatus, type JobId, LOCAL_OWNER } from '../../src/jobs/model.js'
import { compilePlan, ladder, mediaFacts } from '../support/plan-facts.js'
import { makeOutput } from '../support/records.js'
import { editRequest, useWorld } from './world.js'

/** A world in which edits are submitted and ended. */
export function useSubmittedJobs() {
  const world = useWorld()

  async function submit() {
    const video = await world().addVideo({ facts: mediaFacts() })
    const { job: view } = await submitEdit(world().deps, LOCAL_OWNER, editRequest(video), null)
    return view.job
  }

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

  const end = (id: JobId, status: FinalStatus) =>
    world().deps.repositories.jobs.finish(id, {
      status,
      errorCode: status === 'failed' ? 'ffmpeg-crashed' : null,
      errorMessage: status === 'failed' ? 'It crashed.' : null,
    })

  return { world, submit, submitHalfDone, end }
}
