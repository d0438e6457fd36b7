import Joi from 'joi'
import { EVENT_TYPES } from '../../../jobs/events/event.js'
import { messageOf } from '../../../jobs/events/message.js'
import { writePlace } from '../../../jobs/events/place.js'
import type { EventPage } from '../../../jobs/events/use-cases.js'
import { ownerEventFeed } from '../../events/owner-event-feed.js'
import { EVENTS } from '../../present/event.js'
import { EVENT_LIST_EXAMPLE } from '../../present/event-examples.js'
import { orNull, shape, text } from '../../present/wire.js'
import { events, json } from '../../reply/reply.js'
import { eventFilterFields, type EventFilterQuery, toEventFilter } from '../../request/event-filter.js'
import { defineRoute, noInput, type Route } from '../../route.js'

const HEADER = 'last-event-id'

/** Our own are far shorter. One that is not ours is answered in the stream. */
const place = () => Joi.string().allow('').max(200)

const headers = Joi.object<{ readonly [HEADER]?: string }>({
  [HEADER]: place().description(
    '`id` of the last event that the client has received: the stream continues after it',
  ),
})

export const streamFields = {
  ...eventFilterFields,
  last_event_id: place().description(
    'For clients that cannot set `Last-Event-ID`, which counts if both are there',
  ),
}

interface EventsQuery extends EventFilterQuery {
  readonly last_event_id?: string
  readonly limit: number
  readonly cursor?: string
}

const query = Joi.object<EventsQuery>({
  ...streamFields,
  limit: Joi.number()
    .integer()
    .min(1)
    .max(1000)
    .default(100)
    .description('Maximum number of events on a page of the list'),
  cursor: place().description(
    'The list begins after it: `next_cursor` of a page, or the `id` of an event in the stream',
  ),
})

const streamedSchema = shape({
  id: text('The place of the event, for `Last-Event-ID`'),
  event: Joi.string()
    .valid(...EVENT_TYPES, 'reset')
    .description('Type of the event; `reset`: the stream goes on with the oldest event that is kept'),
  data: text('The event as webhooks receive it, as JSON in one line'),
})

const stored = EVENTS.filter(({ type }) => type !== 'ping').map(({ schema }) => schema)

const listSchema = shape({
  events: Joi.array()
    .items(Joi.alternatives(...stored))
    .description('From the oldest on'),
  next_cursor: orNull(text('For the next page; null: there are no more events now')),
  end_cursor: text(
    'The end of this page. A later list begins after it, and so does a stream that has it as `Last-Event-ID`',
  ),
})

const DESCRIPTION = [
  'Everything that happens to the jobs, videos and outputs of the owner, in one order, from any API process. The events ' +
    'are those that webhooks receive, with the same `id` in their data.',
  'As server-sent events: for `EventSource` or `curl -N`. The stream begins now, or after `Last-Event-ID`. A client that ' +
    'reconnects with it, to this or another server, gets every event once. `data` is JSON in one line, `event` is its type.',
  'Events are kept for four days. If those after `Last-Event-ID` are not there any more, or if the id is not one of this ' +
    'database, the stream says so with the event `reset`, whose `reason` is `forgotten` or `unknown`, and goes on with the ' +
    'oldest event that is kept.',
  'When nothing happens, a comment is sent every 15 s; an `id` without data may stand in its place, which clients ' +
    'remember as `Last-Event-ID`. A stream ends after an hour, and the client connects again.',
  'With `Accept: application/json` it is a list in the same order, for what a webhook or a stream has missed: from the ' +
    'oldest event that is kept, or after `cursor`.',
  'Browsers, whose `EventSource` sends no key, follow a link of `GET /api/v1/events/link`.',
].join('\n\n')

export const eventRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/events',
    operationId: 'followEvents',
    tag: 'Events',
    summary: 'Follow or list all events',
    description: DESCRIPTION,
    example: { answer: EVENT_LIST_EXAMPLE },
    query,
    headers,
    byLink: true,
    answers: {
      200: {
        description: 'The events',
        content: [
          { type: 'text/event-stream', schema: streamedSchema },
          { type: 'application/json', schema: listSchema },
        ],
      },
    },
    errors: ['events-forgotten', 'too-many-streams'],
    handler: async ({ owner, query: wanted, headers: given, prefersJson }, { useCases, stopping }) => {
      const filter = toEventFilter(wanted)
      const after = given[HEADER] || wanted.last_event_id || wanted.cursor || null
      if (prefersJson) {
        const page = await useCases.events.list(owner, filter, { after, limit: wanted.limit })
        return json(presentPage(page), 200, { Vary: 'Accept' })
      }
      const followed = await useCases.events.follow(owner, filter, after)
      // Last, so that nothing can fail before the stream is there, with which the count ends.
      return events(ownerEventFeed(followed), stopping, useCases.openStream(owner))
    },
  }),
]

function presentPage({ events: found, end, isMore }: EventPage): object {
  return {
    events: found.map(messageOf),
    next_cursor: isMore ? writePlace(end) : null,
    end_cursor: writePlace(end),
  }
}
