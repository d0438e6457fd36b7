import Joi from 'joi'
import { isFinal } from '../../../jobs/model.js'
import { jobEventFeed } from '../../events/job-event-feed.js'
import { eventsSince, toldUntil } from '../../events/job-events.js'
import { jobEventSchema } from '../../events/stream-events.js'
import { EXAMPLE_IDS } from '../../present/examples.js'
import { events, noContent } from '../../reply/reply.js'
import { idParams, toJobId } from '../../request/ids.js'
import { defineRoute, noInput, type Route } from '../../route.js'

const HEADER = 'last-event-id'

/** Our own ids are far shorter. With an id that is not one of ours, the stream starts from the beginning. */
const headers = Joi.object<{ readonly [HEADER]?: string }>({
  [HEADER]: Joi.string()
    .allow('')
    .max(8192)
    .description('`id` of the last event that the client has received: the stream continues after it'),
})

const DESCRIPTION = [
  'Server-sent events, for `EventSource` or `curl -N`. `data` is JSON in one line.',
  '`rendition`: a rendition has started, ended or started again. The data is a Rendition.',
  '`output`: a file is ready. The data is an Output.',
  '`progress`: the job has changed. The data is the Job.',
  '`completed`, `failed`, `cancelled`: the job has ended. The data is the Job, and the stream ends.',
  'A stream starts with the current state. A client that reconnects with `Last-Event-ID`, to this or another server, ' +
    'misses no rendition, output or end; of `progress` it gets only the latest. If it has already received the end, ' +
    'the answer is 204, which makes `EventSource` stop.',
  'When nothing happens, a comment is sent every 15 s.',
].join('\n\n')

export const jobEventRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/{id}/events',
    operationId: 'followJob',
    tag: 'Jobs',
    summary: 'Follow a job by server-sent events',
    description: DESCRIPTION,
    example: { parameters: { id: EXAMPLE_IDS.job } },
    params: idParams,
    headers,
    byLink: true,
    answers: {
      200: {
        description: 'The events, until the job ends',
        content: [{ type: 'text/event-stream', schema: jobEventSchema }],
      },
      204: { description: 'The job has ended, and the client has received all of its events', content: [] },
    },
    errors: ['job-not-found', 'too-many-streams'],
    handler: async ({ owner, audience, params, headers: given }, { useCases, stopping }) => {
      const followed = await useCases.followJob(owner, toJobId(params.id))
      const told = toldUntil(given[HEADER])
      const knowsAll =
        isFinal(followed.view.job.status) && eventsSince(followed.view, told, audience).events.length === 0
      if (knowsAll) return noContent
      // Last, so that nothing can fail before the stream is there, with which the count ends.
      return events(jobEventFeed(followed, told, audience), stopping, useCases.openStream(owner))
    },
  }),
]
