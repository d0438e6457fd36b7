import Joi from 'joi'
import { EVENT_TYPES, type EventType, type OwnerEvent } from '../../jobs/events/event.js'
import { JOB_TYPES } from '../../jobs/model.js'
import { failureCodeSchema } from './error-code.js'
import { id, shape, text, time } from './wire.js'

const path = (of: string) => text(`Path of ${of}, below the address of this API`)
const links = { job: path('the job'), video: path('the video') }
const linked = (paths: Readonly<Record<string, Joi.Schema>>) => shape(paths).description('What it is about')

const jobData = shape({
  job_id: id('the job'),
  video_id: id('the video that it works on'),
  job_type: Joi.string()
    .valid(...JOB_TYPES)
    .description('The route that made it'),
  status: Joi.string()
    .valid('processing', 'completed', 'failed', 'cancelled')
    .description('Status of the job at that time'),
  progress: Joi.number().integer().min(0).max(100).description('Percent'),
  error_code: failureCodeSchema,
  links: linked(links),
})

const videoData = shape({
  video_id: id('the video'),
  job_id: id('the job of the upload'),
  status: Joi.string().valid('ready', 'failed').description('Status of the video at that time'),
  error_code: failureCodeSchema,
  links: linked(links),
})

const outputData = (paths: Readonly<Record<string, Joi.Schema>>) =>
  shape({
    job_id: id('the job'),
    video_id: id('the video that it works on'),
    processed_video_id: id('the output'),
    name: text('Name of the output, unique within the job'),
    links: linked(paths),
  })

const renditionData = outputData({ ...links, download: path('the file') })
const pingData = shape({ webhook_id: id('the webhook'), links: linked({}) })

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
  ping: { summary: 'Sent when its owner asks for it', data: pingData },
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
    id: id('the event, the same for each of its deliveries'),
    type: Joi.string().valid(type).description('Type of the event'),
    timestamp: time('When it happened'),
    data: data.description('The fields of this type'),
  }
  return { type, summary, schema: shape(fields).description(summary) }
})

/** `job.completed` → `JobCompletedEvent`. */
export function eventName(type: EventType | 'ping'): string {
  const words = type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Event`
}
