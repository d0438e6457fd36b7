import Joi from 'joi'
import { ERRORS } from '../../errors.js'
import { EVENT_TYPES, type EventType, type OwnerEvent } from '../../jobs/events/event.js'
import { JOB_TYPES } from '../../jobs/model.js'
import { id, orNull, shape, text, time } from './wire.js'

const path = () => text().description('Path below the address of this API')
const links = { job: path(), video: path() }
const errorCode = () => orNull(Joi.string().valid(...Object.keys(ERRORS)))

const jobData = shape({
  job_id: id(),
  video_id: id(),
  job_type: Joi.string().valid(...JOB_TYPES),
  status: Joi.string().valid('processing', 'completed', 'failed', 'cancelled'),
  progress: Joi.number().integer().min(0).max(100),
  error_code: errorCode(),
  links: shape(links),
})

const videoData = shape({
  video_id: id(),
  job_id: id().description('The job of the upload'),
  status: Joi.string().valid('ready', 'failed'),
  error_code: errorCode(),
  links: shape(links),
})

const outputData = (linked: typeof links) =>
  shape({ job_id: id(), video_id: id(), processed_video_id: id(), name: text(), links: shape(linked) })

const renditionData = outputData({ ...links, ...{ download: path() } })

/** The fields of each type of event. */
const DATA: Readonly<Record<OwnerEvent['type'], { readonly summary: string; readonly data: Joi.Schema }>> = {
  'video.ready': { summary: 'An upload has been measured: the video can be edited', data: videoData },
  'video.failed': { summary: 'An upload has failed or was cancelled', data: videoData },
  'job.started': { summary: 'A job has begun, or begun again after a retry', data: jobData },
  'job.progress': { summary: 'A job has come another 10 per cent further', data: jobData },
  'job.completed': { summary: 'A job has ended, and its outputs are there', data: jobData },
  'job.failed': { summary: 'A job has ended without all of its outputs', data: jobData },
  'job.cancelled': { summary: 'A job was cancelled', data: jobData },
  'rendition.completed': { summary: 'An output of a job is ready', data: renditionData },
  'output.expired': { summary: 'An output has reached its age and was deleted', data: outputData(links) },
  ping: { summary: 'Sent when its owner asks for it', data: shape({ webhook_id: id(), links: shape({}) }) },
}

export interface EventDescription {
  readonly type: OwnerEvent['type']
  readonly summary: string
  readonly schema: Joi.Schema
}

/** Every event as endpoints receive it. */
export const EVENTS: readonly EventDescription[] = [...EVENT_TYPES, 'ping' as const].map((type) => {
  const { summary, data } = DATA[type]
  const fields = {
    id: id().description('The same for each delivery of the event'),
    type: Joi.string().valid(type),
    timestamp: time().description('When it happened'),
    data,
  }
  return { type, summary, schema: shape(fields) }
})

/** `job.completed` → `JobCompletedEvent`. */
export function eventName(type: EventType | 'ping'): string {
  const words = type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Event`
}
