import type { Owner } from '../model.js'
import type { EventFilter } from '../ports/events.js'
import type { PlacedEvent } from './event.js'
import type { Place } from './place.js'

export interface EventUseCases {
  /**
   * Events after a place of `writePlace`, or from the oldest that is kept; null: from there. Throws `events-forgotten`.
   */
  list(
    owner: Owner,
    filter: EventFilter,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<EventPage>
  /** The events after a place of `writePlace`; null: from now on. */
  follow(owner: Owner, filter: EventFilter, after: string | null): Promise<FollowedEvents>
}

export interface EventPage {
  readonly events: readonly PlacedEvent[]
  /** Everything up to here that passes the filter is in `events`, or was before. */
  readonly end: Place
  readonly isMore: boolean
  /** Why events after the place that was asked for may be missing; null: none are. */
  readonly loss: Loss | null
}

/** Why a stream cannot go on where its client stopped: the events were removed, or the place is not of this database. */
export type Loss = 'forgotten' | 'unknown'

export interface FollowedEvents {
  readonly start: Place
  /** The client has missed events that cannot be given any more, and goes on at `start`; null: it has not. */
  readonly loss: Loss | null
  /** The next events after a place. */
  readonly read: (after: Place) => Promise<EventPage>
  /** Calls back when there may be something to read. Returns a function that stops this. */
  readonly follow: (onChange: () => void) => () => void
}
