import { createHash } from 'node:crypto'
import Joi from 'joi'
import { type FinalStatus, isFinal } from '../../jobs/model.js'
import { renditionsOf } from '../../jobs/renditions.js'
import type { JobView } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import { presentJob, presentRendition } from '../present/job.js'
import { presentOutput } from '../present/output.js'
import { shape, text } from '../present/wire.js'

export interface JobEvent {
  readonly type: 'progress' | 'rendition' | 'output' | FinalStatus
  /** For `Last-Event-ID`: names all that its reader knows with this event. */
  readonly id: string
  readonly data: object
}

const EVENT_TYPES: readonly JobEvent['type'][] = [
  'progress',
  'rendition',
  'output',
  'completed',
  'failed',
  'cancelled',
]

/** One event as a client reads it off the stream. */
export const jobEventSchema = shape({
  id: text(),
  event: Joi.string().valid(...EVENT_TYPES),
  data: text().description('JSON: a Rendition, an Output or the Job'),
})

/** What the reader of a stream knows. */
export interface Told {
  /**
   * A mark for each rendition as it is, each output, and the end. They follow from the state alone, so that every
   * process, now and later, gives the same ones.
   */
  readonly marks: ReadonlySet<string>
  /** The job as `progress` told it last, but for the estimate, which is another each second. */
  readonly progress: string | null
}

interface Fact {
  readonly mark: string
  readonly event: Omit<JobEvent, 'id'>
}

const MARK_LENGTH = 6
const VERSION = '1.'

/** What the events of this job up to that id have told; nothing for an id that is none of ours. */
export function toldUntil(eventId: string | undefined): Told {
  const marks = eventId?.startsWith(VERSION) ? eventId.slice(VERSION.length) : ''
  const isOurs = marks.length % MARK_LENGTH === 0 && /^[\w-]*$/.test(marks)
  return { marks: new Set(isOurs ? marks.match(/.{6}/g) : []), progress: null }
}

/**
 * The events that bring a reader from what it was told to the job as it is: the renditions and outputs that are
 * new or have changed, then the job itself. States in between that nobody saw are left out.
 */
export function eventsSince(
  view: JobView,
  told: Told,
  audience: Audience,
): { events: JobEvent[]; told: Told } {
  const facts = [...renditionFacts(view), ...outputFacts(view, audience)]
  const end = endFact(view, audience)
  const news = [...facts, ...end].filter(({ mark }) => !told.marks.has(mark))
  const current = new Set([...facts, ...end].map(({ mark }) => mark))
  // In the order of the state, whatever was told first: equal knowledge has equal ids. Stale marks are dropped.
  const known = new Set([...told.marks].filter((mark) => current.has(mark)))
  const id = () => VERSION + [...current].filter((mark) => known.has(mark)).join('')
  // Whoever lacks something of a job that has ended gets the end after it, again if need be.
  const due = news.length > 0 ? [...news.filter((fact) => !end.includes(fact)), ...end] : []
  const events = due.map(({ mark, event }) => {
    known.add(mark)
    return { ...event, id: id() }
  })
  if (isFinal(view.job.status)) return { events, told: { marks: known, progress: told.progress } }
  const data = presentJob(view, audience)
  const progress = JSON.stringify({ ...data, eta_seconds: null })
  if (progress !== told.progress) events.push({ type: 'progress', id: id(), data })
  return { events, told: { marks: known, progress } }
}

/** As a stream of events is written: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function writeEvent({ type, id, data }: JobEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}

/** The share that is done does not make a rendition another one: `progress` tells that. */
function renditionFacts(view: JobView): Fact[] {
  return renditionsOf(view.passes).map((rendition) => ({
    mark: markOf(view, [
      'rendition',
      rendition.name,
      rendition.status,
      rendition.attempt,
      rendition.errorCode,
    ]),
    event: { type: 'rendition', data: presentRendition(rendition) },
  }))
}

function outputFacts(view: JobView, audience: Audience): Fact[] {
  return view.outputs.map((output) => ({
    mark: markOf(view, ['output', output.id]),
    event: { type: 'output', data: presentOutput(output, audience) },
  }))
}

/** A retried job can end twice, by two workflows. */
function endFact(view: JobView, audience: Audience): Fact[] {
  const { status, workflowId } = view.job
  if (!isFinal(status)) return []
  return [
    {
      mark: markOf(view, ['end', status, workflowId]),
      event: { type: status, data: presentJob(view, audience) },
    },
  ]
}

/** 36 bits: two of the few marks of one job are never the same. */
function markOf({ job }: JobView, parts: readonly (string | number | null)[]): string {
  const text = JSON.stringify([job.id, ...parts])
  return createHash('sha256').update(text).digest('base64url').slice(0, MARK_LENGTH)
}
