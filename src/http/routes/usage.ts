import type Joi from 'joi'
import type { RateConfig } from '../../config.js'
import type { Usage, Used } from '../../jobs/quotas/quotas.js'
import { USAGE_EXAMPLE } from '../present/system-examples.js'
import { count, orNull, presentTime, shape, size, time } from '../present/wire.js'
import { json } from '../reply/reply.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'

const used = (measure: (what: string) => Joi.NumberSchema, what: string) =>
  shape({ used: measure('Used now'), limit: orNull(measure('At most; null: any number')) }).description(what)

const rate = (what: string) => orNull(count(`${what}; null: any number`))

const usageSchema = shape({
  queued_jobs: used(count, 'Jobs that have not ended. Beyond the limit: 429 `queue-full`'),
  running_jobs: count('Those of them that have begun'),
  running_passes: used(
    count,
    'Steps of jobs that run. Further ones wait; those of all owners are begun in turns',
  ),
  stored_bytes: used(
    size,
    'Bytes of videos, assets and outputs. Beyond the limit: 403 `storage-quota-exceeded`',
  ),
  sent_bytes_today: used(
    size,
    'Bytes of files sent on this day of UTC. Beyond the limit: 429 `traffic-quota-exceeded`',
  ),
  day_ends_at: time('When the count of sent bytes begins anew'),
  event_streams: used(count, 'Open on the server that answers. Beyond the limit: 429 `too-many-streams`'),
  open_uploads: used(count, 'Arriving at the server that answers. Beyond the limit: 429 `too-many-uploads`'),
  unfinished_uploads: used(count, 'Resumable uploads that have not become a video. Beyond the limit: 429'),
  rates_per_minute: shape({
    submits: rate('Requests that make jobs'),
    uploads: rate('Requests that bring files'),
    previews: rate('Pictures of videos and edits'),
    requests: rate('All others'),
  }).description(
    'Requests that each key may make, by what they do; null: any number. What is left of them stands in the header ' +
      '`RateLimit` of each answer. Beyond a limit: 429 `rate-limited`',
  ),
})

export const usageRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/usage',
    operationId: 'getUsage',
    tag: 'Usage',
    summary: 'See what is used of the quotas',
    description: 'All keys of an owner share his quotas, except for the rates, which are those of each key.',
    example: { answer: USAGE_EXAMPLE },
    answers: { 200: jsonAnswer('What is used, and the limits', usageSchema) },
    errors: [],
    handler: async ({ owner }, { useCases, config }) =>
      json(presentUsage(await useCases.getUsage(owner), config.rates)),
  }),
]

function presentUsage(usage: Usage, rates: RateConfig): object {
  return {
    queued_jobs: presentUsed(usage.queuedJobs),
    running_jobs: usage.runningJobs,
    running_passes: presentUsed(usage.runningPasses),
    stored_bytes: presentUsed(usage.storedBytes),
    sent_bytes_today: presentUsed(usage.sentBytesToday),
    day_ends_at: presentTime(usage.dayEndsAt),
    event_streams: presentUsed(usage.eventStreams),
    open_uploads: presentUsed(usage.openUploads),
    unfinished_uploads: presentUsed(usage.unfinishedUploads),
    rates_per_minute: {
      submits: rates.submits,
      uploads: rates.uploads,
      previews: rates.previews,
      requests: rates.requests,
    },
  }
}

function presentUsed({ used: now, limit }: Used): object {
  return { used: now, limit }
}
