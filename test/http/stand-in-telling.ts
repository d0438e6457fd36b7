import { START } from '../../src/jobs/events/place.js'
import type { EventUseCases } from '../../src/jobs/events/use-cases.js'
import type { UseCases } from '../../src/jobs/use-cases.js'
import { later } from './stand-in-following.js'
import { createStandInWebhooks } from './stand-in-webhooks.js'

/** How owners are told of events. */
export function createStandInTelling(): Pick<UseCases, 'webhooks' | 'events'> {
  return { webhooks: createStandInWebhooks(), events: createStandInEvents() }
}

/** An owner to whom nothing has happened yet. */
function createStandInEvents(): EventUseCases {
  const page = { events: [], end: START, isMore: false, loss: null }
  return {
    list: later(() => page),
    follow: later(() => ({
      start: START,
      loss: null,
      read: () => Promise.resolve(page),
      follow: () => () => undefined,
    })),
  }
}
