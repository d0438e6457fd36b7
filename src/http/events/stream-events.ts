import Joi from 'joi'
import { jobSchema, renditionSchema } from '../present/job.js'
import { outputSchema } from '../present/output.js'
import { shape, text } from '../present/wire.js'
import type { JobEvent } from './job-events.js'

interface StreamEvent {
  readonly type: JobEvent['type']
  /** What a client reads. */
  readonly schema: Joi.Schema
}

/** Every event of the stream of a job. */
export const STREAM_EVENTS: readonly StreamEvent[] = [
  streamEvent('progress', 'The job has changed', jobSchema),
  streamEvent('rendition', 'A rendition has started, ended or started again', renditionSchema),
  streamEvent('output', 'A file is ready', outputSchema),
  streamEvent('completed', 'The job has ended, and its outputs are there', jobSchema),
  streamEvent('failed', 'The job has ended without all of its outputs', jobSchema),
  streamEvent('cancelled', 'The job was cancelled', jobSchema),
]

export const jobEventSchema = Joi.alternatives().try(...STREAM_EVENTS.map(({ schema }) => schema))

function streamEvent(type: JobEvent['type'], summary: string, data: Joi.Schema): StreamEvent {
  const fields = {
    id: text('For `Last-Event-ID`: the stream continues after this event'),
    event: Joi.string().valid(type).description('Type of the event'),
    data,
  }
  return { type, schema: shape(fields).description(summary) }
}
