import type { Logger } from 'pino'
import { AppError, assertNever } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'
import type { EventFilter, EventRange, EventsRepository } from '../ports/events.js'
import { type Place, placeOf, readPlace, START } from './place.js'
import type { EventPage, EventUseCases, Loss } from './use-cases.js'

/** What a stream holds in memory for its reader. */
const STREAM_BATCH = 100

type EventDeps = Pick<JobsDeps, 'repositories' | 'changes' | 'log'>

export function createEventUseCases({ repositories: { events }, changes, log }: EventDeps): EventUseCases {
  const told = createOutageLog(log)
  return {
    async list(owner, filter, { after, limit }) {
      const found = after === null ? null : await findPlace(events, owner, after)
      const start = found ?? oldest(await events.range(owner))
      if (typeof start === 'string') throw forgotten(start)
      const page = await readPage(events, owner, filter, { after: start, limit })
      // They were removed after the place had been found.
      if (after !== null && page.loss !== null) throw forgotten(page.loss)
      return page
    },

    async follow(owner, filter, after) {
      const found = after === null ? null : await findPlace(events, owner, after)
      const range = await events.range(owner)
      const isLost = typeof found === 'string'
      return {
        start: isLost ? oldest(range) : (found ?? latest(range)),
        loss: isLost ? found : null,
        read: (place) => told(readPage(events, owner, filter, { after: place, limit: STREAM_BATCH })),
        follow: (onChange) => changes.followEvents(owner, onChange),
      }
    },
  }
}

/** Logs the first failure of all streams, and that it is over. */
function createOutageLog(log: Logger) {
  let isAway = false
  return async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work
      if (isAway) log.info('followed events can be read again')
      isAway = false
      return result
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'followed events cannot be read, will keep trying')
      isAway = true
      throw error
    }
  }
}

async function readPage(
  events: EventsRepository,
  owner: Owner,
  filter: EventFilter,
  { after, limit }: { readonly after: Place; readonly limit: number },
): Promise<EventPage> {
  const { events: found, range } = await events.listAfter(owner, filter, { after: after.number, limit })
  if (range.lastPlace < after.number) {
    // The database is an older state of the one that gave the place: a backup, or a replica that was behind.
    return { events: [], end: oldest(range), isMore: true, loss: 'unknown' }
  }
  const last = found.at(-1)
  const isMore = found.length === limit
  return {
    events: found,
    // A page that is not full has gone through everything that there is.
    end: isMore && last ? placeOf(last.place, last.id) : latest(range),
    isMore,
    loss: after.number < range.forgottenPlace ? 'forgotten' : null,
  }
}

function latest({ lastPlace, lastId }: EventRange): Place {
  return lastId === null ? START : placeOf(lastPlace, lastId)
}

/** Nothing that is kept is before it. Its event may be gone, so nothing is known of its id. */
function oldest({ forgottenPlace }: EventRange): Place {
  return { ...START, number: forgottenPlace }
}

async function findPlace(events: EventsRepository, owner: Owner, text: string): Promise<Place | Loss> {
  const place = readPlace(text)
  if (place === null) return 'unknown'
  const id = await events.idAt(owner, place.number)
  // After the event, so that one that was removed in between is seen as such.
  const { lastPlace, forgottenPlace } = await events.range(owner)
  if (place.number > lastPlace) return 'unknown'
  if (id !== null && placeOf(place.number, id).tail !== place.tail) return 'unknown'
  return place.number < forgottenPlace ? 'forgotten' : place
}

function forgotten(loss: Loss): AppError {
  const again =
    'Look at GET /api/v1/jobs for the present state, and ask without a cursor for all events that are kept.'
  switch (loss) {
    case 'forgotten':
      return new AppError('events-forgotten', `Events after this cursor have been removed. ${again}`)
    case 'unknown':
      return new AppError('events-forgotten', `This database has never given such a cursor. ${again}`)
    default:
      return assertNever(loss)
  }
}
