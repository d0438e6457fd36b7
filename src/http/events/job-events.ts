import { createHash } from 'node:crypto'
import { type FinalStatus, isFinal } from '../../jobs/model.js'
import { renditionsOf } from '../../jobs/renditions.js'
import type { JobView } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import { presentJob, presentRendition } from '../present/job.js'
import { presentOutput } from '../present/output.js'

export interface JobEvent {
  readonly type: 'progress' | 'rendition' | 'output' | FinalStatus
  /** For `Last-Event-ID`: encodes everything that a reader of this event knows. */
  readonly id: string
  readonly data: object
}

/** What the reader of a stream has been told. */
export interface Told {
  /**
   * One mark for each state of a rendition, each output, and the end. They depend on the job's state alone, so every
   * process, now and later, computes the same ones.
   */
  readonly marks: ReadonlySet<string>
  /** JSON of the job in the last `progress` event, without the time estimate, which changes every second. */
  readonly progress: string | null
}

interface Fact {
  readonly mark: string
  readonly event: Omit<JobEvent, 'id'>
}

const MARK_LENGTH = 6
const VERSION = '1.'

/** What the events up to this id have told their reader; nothing for an id that we did not make. */
export function toldUntil(eventId: string | undefined): Told {
  const marks = eventId?.startsWith(VERSION) ? eventId.slice(VERSION.length) : ''
  const isOurs = marks.length % MARK_LENGTH === 0 && /^[\w-]*$/.test(marks)
  return { marks: new Set(isOurs ? marks.match(/.{6}/g) : []), progress: null }
}

/**
 * The events that a reader needs to know the current job: the renditions and outputs that are new or have changed
 * since `told`, then the job itself. States in between are left out.
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
  // Marks are in the order of the state, not of the telling, so that equal knowledge has equal ids. Old marks go.
  const known = new Set([...told.marks].filter((mark) => current.has(mark)))
  const id = () => VERSION + [...current].filter((mark) => known.has(mark)).join('')
  // A reader that lacks something of an ended job gets the end after it, even if it has had the end before.
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

/** A rendition's progress is not part of its mark: the `progress` event reports it. */
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

/** The mark has the workflow's id, because a retried job can end twice, with two workflows. */
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

/** 36 bits, enough to keep the few marks of one job distinct. */
function markOf({ job }: JobView, parts: readonly (string | number | null)[]): string {
  const text = JSON.stringify([job.id, ...parts])
  return createHash('sha256').update(text).digest('base64url').slice(0, MARK_LENGTH)
}
