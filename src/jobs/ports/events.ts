import type { EventId, EventType, PlacedEvent } from '../events/event.js'
import type { JobId, Owner, VideoId } from '../model.js'

export interface EventFilter {
  /** None: all. */
  readonly types: readonly EventType[]
  readonly jobId: JobId | null
  readonly videoId: VideoId | null
}

/** How far the events of an owner reach. */
export interface EventRange {
  /** 0: there has been none. */
  readonly lastPlace: number
  readonly lastId: EventId | null
  /** Events up to here may have been removed. */
  readonly forgottenPlace: number
}

export interface EventsRepository {
  /** Removes the oldest events of those written before, except for those that are still to be sent. Returns how many. */
  removeBefore(time: Date, limit: number): Promise<number>
  range(owner: Owner): Promise<EventRange>
  /** The id of the event at a place; null: it was removed, or there has been none. */
  idAt(owner: Owner, place: number): Promise<EventId | null>
  /** The events after a place, in their order, and the range at the same moment. */
  listAfter(
    owner: Owner,
    filter: EventFilter,
    page: { readonly after: number; readonly limit: number },
  ): Promise<{ readonly events: readonly PlacedEvent[]; readonly range: EventRange }>
}
