export interface EventsRepository {
  /** Removes the oldest events of those written before, except for those that are still to be sent. Returns how many. */
  removeBefore(time: Date, limit: number): Promise<number>
}
