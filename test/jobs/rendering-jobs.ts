import { endJob } from '../../src/jobs/lifecycle/end-job.js'
import type { FinalStatus, JobId } from '../../src/jobs/model.js'
import type { NewJob } from '../../src/jobs/ports/repositories.js'
import { makeOutput, newJob, newPass, newPlan } from '../support/records.js'
import { useWorld } from './world.js'

/** A world with jobs that have files in their folders of outputs, some of which no row names. */
export function useRenderingJobs() {
  const world = useWorld()

  async function store(key: string): Promise<void> {
    const { path } = await world().receive('bytes')
    await world().deps.storage.putFile(key, path, 'replace')
  }

  /** Keys of the files of a job's outputs, in order. */
  const processed = async (id: JobId) =>
    (await world().files()).filter((file) => file.startsWith(`processed/${id}/`)).sort()

  /** A job with a film and a ladder that are recorded. */
  async function addRendering(): Promise<NewJob> {
    const { jobs, passes } = world().deps.repositories
    const job = newJob((await world().addVideo()).id)
    await jobs.create(job, null)
    await jobs.savePlan(job.id, newPlan([newPass('a', 1)]))
    await jobs.enterStage(job.id, 'rendering')
    const folder = `processed/${job.id}/hls`
    for (const file of ['master.m3u8', 'segment-1.m4s']) await store(`${folder}/${file}`)
    await store(`processed/${job.id}/480p.mp4`)
    const ladder = makeOutput(job, 'hls', { filePath: `${folder}/master.m3u8` })
    await passes.complete(job.id, 'a', [makeOutput(job, '480p'), ladder])
    return job
  }

  async function addUnrecorded({ id }: NewJob): Promise<void> {
    await store(`processed/${id}/360p.mp4`)
    await store(`processed/${id}/dash/manifest.mpd`)
  }

  const end = (job: NewJob, status: FinalStatus) =>
    endJob(world().deps, job, { status, errorCode: null, errorMessage: null }, { removesOutputs: true })

  return { world, store, processed, addRendering, addUnrecorded, end }
}

/** Keys of the outputs that `addRendering` has recorded. */
export const recorded = ({ id }: NewJob) =>
  ['480p.mp4', 'hls/master.m3u8', 'hls/segment-1.m4s'].map((file) => `processed/${id}/${file}`)
