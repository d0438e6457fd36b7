import Joi from 'joi'
import { isFinal } from '../../jobs/model.js'
import { jobEventFeed } from '../events/job-event-feed.js'
import { eventsSince, jobEventSchema, toldUntil } from '../events/job-events.js'
import { events, noContent } from '../reply/reply.js'
import { idParams, toJobId } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'

const HEADER = 'last-event-id'

/** Ids of ours are far shorter; with any other text the stream begins from the start. */
const headers = Joi.object<{ readonly [HEADER]?: string }>({
  [HEADER]: Joi.string()
    .allow('')
    .max(8192)
    .description('`id` of the last event that the client has got: it gets what it lacks, and no more'),
})

const DESCRIPTION = [
  'Server-sent events, as `EventSource` and `curl -N` read them; `data` is JSON in one line.',
  '`rendition`: a rendition has begun, ended, or begins anew; the data is a Rendition.',
  '`output`: a file is ready; the data is an Output.',
  '`progress`: the job has moved; the data is the Job.',
  '`completed`, `failed`, `cancelled`: the job has ended; the data is the Job, and the stream ends.',
  'A stream begins with the state as it is. A client that comes back with `Last-Event-ID` misses no rendition, ' +
    'output or end, whichever server it comes to; of `progress` there is only the latest. To one that has seen ' +
    'the end already the answer is 204, upon which `EventSource` stops.',
  'A quiet stream has a comment every 15 s.',
].join('\n\n')

export const jobEventRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/{id}/events',
    operationId: 'followJob',
    tag: 'Jobs',
    summary: 'Follow a job',
    description: DESCRIPTION,
    params: idParams,
    headers,
    answers: {
      200: {
        description: 'The events, until the job has ended',
        content: [{ type: 'text/event-stream', schema: jobEventSchema }],
      },
      204: { description: 'The job has ended, and the client knows all of it', content: [] },
    },
    errors: ['job-not-found'],
    handler: async ({ owner, audience, params, headers: given }, { useCases, stopping }) => {
      const followed = await useCases.followJob(owner, toJobId(params.id))
      const told = toldUntil(given[HEADER])
      const knowsAll =
        isFinal(followed.view.job.status) && eventsSince(followed.view, told, audience).events.length === 0
      return knowsAll ? noContent : events(jobEventFeed(followed, told, audience), stopping)
    },
  }),
]
