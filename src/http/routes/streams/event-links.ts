import Joi from 'joi'
import { EVENTS_PATH, jobEventsPath } from '../../../jobs/api-paths.js'
import type { Audience } from '../../present/audience.js'
import { EVENT_LINK_EXAMPLE } from '../../present/event-examples.js'
import { EXAMPLE_IDS } from '../../present/examples.js'
import { orNull, presentTimeOrNull, shape, text, time } from '../../present/wire.js'
import { json, type JsonReply } from '../../reply/reply.js'
import { type EventFilterQuery, toEventFilter, writeEventFilter } from '../../request/event-filter.js'
import { idParams, toJobId } from '../../request/ids.js'
import { defineRoute, noInput, type Route } from '../../route.js'
import { jsonAnswer } from '../answers.js'
import { streamFields } from './events.js'

const query = Joi.object<EventFilterQuery & { readonly last_event_id?: string }>(streamFields)

const linkSchema = shape({
  url: text('Path below the address of this API. Anyone who has it can follow the stream'),
  expires_at: orNull(
    time('Until then the stream can be opened; null: for ever, because this server asks for no key'),
  ),
})

const DESCRIPTION =
  'The answer has a signed path to this very stream, for the `EventSource` of a browser, which sends no key. It is valid ' +
  'for an hour, or `LINK_TTL_SEC` if that is shorter. After that the stream cannot be opened again, which `EventSource` ' +
  'tells by an `error` with its `readyState` closed: ask for another link then.'

export const eventLinkRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/events/link',
    operationId: 'linkEvents',
    tag: 'Events',
    summary: 'Get a link to a stream of events',
    description: `${DESCRIPTION} The link has the filters of this request, and no others can be added.`,
    example: { parameters: { type: 'job.*' }, answer: EVENT_LINK_EXAMPLE },
    query,
    answers: { 200: jsonAnswer('The link', linkSchema) },
    errors: [],
    handler: ({ audience, query: wanted }) => {
      const fields = writeEventFilter(toEventFilter(wanted))
      if (wanted.last_event_id) fields.set('last_event_id', wanted.last_event_id)
      const text = fields.toString()
      return linkTo(audience, text === '' ? EVENTS_PATH : `${EVENTS_PATH}?${text}`)
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/{id}/events/link',
    operationId: 'linkJobEvents',
    tag: 'Jobs',
    summary: 'Get a link to the stream of a job',
    description: DESCRIPTION,
    example: {
      parameters: { id: EXAMPLE_IDS.job },
      answer: { ...EVENT_LINK_EXAMPLE, url: `/api/v1/jobs/${EXAMPLE_IDS.job}/events` },
    },
    params: idParams,
    answers: { 200: jsonAnswer('The link', linkSchema) },
    errors: ['job-not-found'],
    handler: async ({ owner, audience, params }, { useCases }) => {
      const { job } = await useCases.getJob(owner, toJobId(params.id))
      return linkTo(audience, jobEventsPath(job.id))
    },
  }),
]

function linkTo(audience: Audience, path: string): JsonReply {
  const { path: url, expiresAt } = audience.streamLink(path)
  return json({ url, expires_at: presentTimeOrNull(expiresAt) })
}
