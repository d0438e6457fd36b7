import type { EventId } from './event.js'

/**
 * A place in the events of one owner: after its `number`th event. `tail` is the end of that event's id. It tells whether
 * the database is still the one that gave the place: after a restored backup, the same numbers are other events.
 */
export interface Place {
  readonly number: number
  readonly tail: string
}

const TAIL_LENGTH = 8
const TEXT = /^(\d{1,15})-([0-9a-f]{8})$/

/** Before the first event. */
export const START: Place = { number: 0, tail: '0'.repeat(TAIL_LENGTH) }

export function placeOf(number: number, id: EventId): Place {
  return { number, tail: id.slice(-TAIL_LENGTH) }
}

/** For `Last-Event-ID` and `cursor`. */
export function writePlace({ number, tail }: Place): string {
  return `${number}-${tail}`
}

/** null: the text is none that we have written. */
export function readPlace(text: string): Place | null {
  const [, number, tail] = TEXT.exec(text) ?? []
  return tail === undefined ? null : { number: Number(number), tail }
}
