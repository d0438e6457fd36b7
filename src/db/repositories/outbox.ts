import type { Transaction } from 'sequelize'
import { v7 as uuidv7 } from 'uuid'
import type { EventId, Happening, OwnerEvent } from '../../jobs/events/event.js'
import type { FinalStatus, JobId, JobType, OutputId, Owner, VideoId } from '../../jobs/model.js'
import type { JobEnd } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import type { EventRow } from '../models/event.js'

/** Writes events into the transaction that makes them true: either both are there, or neither. */
export async function noteEvents(
  { events }: Database,
  transaction: Transaction,
  owner: Owner,
  happenings: readonly Happening[],
): Promise<void> {
  // The ids of a process rise, so that its events keep their order.
  await events.bulkCreate(
    happenings.map((happening) => ({ id: newEventId(), owner, ...happening })),
    { transaction },
  )
}

export function newEventId(): EventId {
  return uuidv7() as EventId
}

interface RunningJob {
  readonly id: JobId
  readonly videoId: VideoId
  readonly type: JobType
  readonly progress: number
}

/** What the end of a job tells its owner; that of an upload tells of its video, too. */
export function endOf(
  { id, videoId, type, progress }: RunningJob,
  { status, errorCode }: JobEnd,
): Happening[] {
  const ids = { job_id: id, video_id: videoId }
  const job: Happening = {
    type: `job.${status}`,
    data: {
      ...ids,
      job_type: type,
      status,
      progress: status === 'completed' ? 100 : progress,
      error_code: errorCode,
    },
  }
  return type === 'upload' ? [videoAfter(ids, status, errorCode), job] : [job]
}

function videoAfter(
  ids: { readonly job_id: JobId; readonly video_id: VideoId },
  status: FinalStatus,
  errorCode: JobEnd['errorCode'],
): Happening {
  return status === 'completed'
    ? { type: 'video.ready', data: { ...ids, status: 'ready', error_code: null } }
    : { type: 'video.failed', data: { ...ids, status: 'failed', error_code: errorCode } }
}

export function runOf(type: 'job.started' | 'job.progress', job: RunningJob): Happening {
  const data = { job_id: job.id, video_id: job.videoId, job_type: job.type, progress: job.progress }
  return { type, data: { ...data, status: 'processing', error_code: null } }
}

export interface RaisedJob extends RunningJob {
  readonly owner: Owner
  readonly progressBefore: number
}

/** A step of percent: a run has nine such events at most. The stream of a job has the steps in between. */
const PROGRESS_STEP = 10

/** Tells of a job's progress when it has come to the next step. */
export async function noteProgress(
  database: Database,
  transaction: Transaction,
  job: RaisedJob,
): Promise<void> {
  const stepOf = (progress: number) => Math.floor(progress / PROGRESS_STEP)
  if (stepOf(job.progress) === stepOf(job.progressBefore)) return
  await noteEvents(database, transaction, job.owner, [runOf('job.progress', job)])
}

interface OutputIds {
  readonly id: OutputId
  readonly jobId: JobId
  readonly originalVideoId: VideoId
  readonly name: string
}

export function outputEvent(type: 'rendition.completed' | 'output.expired', output: OutputIds): Happening {
  return {
    type,
    data: {
      job_id: output.jobId,
      video_id: output.originalVideoId,
      processed_video_id: output.id,
      name: output.name,
    },
  }
}

export type StoredEvent = Pick<EventRow, 'id' | 'owner' | 'type' | 'data' | 'createdAt'>

/** The row was written with the fields of its type. */
export function toEvent({ id, owner, type, data, createdAt }: StoredEvent): OwnerEvent {
  return { id, owner, createdAt, type, data } as OwnerEvent
}
