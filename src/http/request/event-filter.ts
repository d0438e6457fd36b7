import Joi from 'joi'
import { EVENT_TYPES, type EventType } from '../../jobs/events/event.js'
import type { EventFilter } from '../../jobs/ports/events.js'
import { toJobId, toVideoId, uuid } from './ids.js'

/** The fields of a query that say which events are wanted. */
export interface EventFilterQuery {
  readonly type?: readonly string[]
  readonly job_id?: string
  readonly video_id?: string
}

const FAMILIES = [...new Set(EVENT_TYPES.map((type) => `${familyOf(type)}.*`))]
const NAME = `(?:${[...EVENT_TYPES, ...FAMILIES].map((name) => name.replace(/[.*]/g, '\\$&')).join('|')})`
const NAMES = new RegExp(`^${NAME}(?:,${NAME})*$`)
/** A list of all types and families fits. */
const MAX_LENGTH = 500

export const eventFilterFields = {
  type: Joi.array()
    .items(Joi.string().max(MAX_LENGTH).pattern(NAMES))
    .single()
    .max(EVENT_TYPES.length + FAMILIES.length)
    .messages({
      'string.pattern.base': `must be types of events (${EVENT_TYPES.join(', ')}) or families (${FAMILIES.join(', ')}), with commas between them`,
    })
    .description(
      'Only events of these types: one, several with commas, or the field several times. `job.*` is all types of jobs',
    ),
  job_id: uuid().description('Only events of this job'),
  video_id: uuid().description('Only events of this video and its jobs'),
}

export function toEventFilter({
  type = [],
  job_id: jobId,
  video_id: videoId,
}: EventFilterQuery): EventFilter {
  const names = new Set(type.flatMap((list) => list.split(',')))
  return {
    types: EVENT_TYPES.filter((one) => names.has(one) || names.has(`${familyOf(one)}.*`)),
    jobId: jobId === undefined ? null : toJobId(jobId),
    videoId: videoId === undefined ? null : toVideoId(videoId),
  }
}

/** Every text means the same filter as the query that it was made from. */
export function writeEventFilter({ types, jobId, videoId }: EventFilter): URLSearchParams {
  return new URLSearchParams({
    ...(types.length > 0 && { type: types.join(',') }),
    ...(jobId !== null && { job_id: jobId }),
    ...(videoId !== null && { video_id: videoId }),
  })
}

function familyOf(type: EventType): string {
  return type.slice(0, type.indexOf('.'))
}
