import { messageOf } from '../../jobs/events/message.js'
import { type Place, placeOf, writePlace } from '../../jobs/events/place.js'
import type { EventPage, FollowedEvents, Loss } from '../../jobs/events/use-cases.js'
import { resetMessage } from './reset.js'
import { writeEvent } from './write-event.js'

/** After a failure nothing may tell of a change. */
const RETRY_MS = 5_000

/** Reads page by page, while there may be something to read and the last page was taken. */
export function createPages(followed: FollowedEvents, onPage: () => void) {
  let place = followed.start
  /** What the client would send as `Last-Event-ID`. */
  let told = place
  let text = `id: ${writePlace(place)}\n\n` + (followed.loss === null ? '' : writeReset(followed.loss, place))
  const state = { isDue: true, isReading: false, isOver: false }
  let retry: NodeJS.Timeout | undefined

  const mayRead = () => state.isDue && !state.isReading && !state.isOver && text === ''
  const accept = (page: EventPage) => {
    text = writePage(page, place)
    if (text !== '') told = page.end
    place = page.end
    if (page.isMore) state.isDue = true
  }
  const read = async (): Promise<void> => {
    if (!mayRead()) return
    Object.assign(state, { isDue: false, isReading: true })
    const page = await followed.read(place).catch(() => null)
    state.isReading = false
    if (page === null) {
      // The use case has logged it.
      state.isDue = true
      clearTimeout(retry)
      if (!state.isOver) retry = setTimeout(() => void read(), RETRY_MS)
      return
    }
    accept(page)
    if (!state.isOver) onPage()
    await read()
  }
  return {
    take: () => {
      const taken = text
      text = ''
      void read()
      return taken
    },
    /** Moves the client's `Last-Event-ID` past events that its filter holds back. null: there are none. */
    mark: () => {
      if (text !== '' || told.number === place.number) return null
      told = place
      return `id: ${writePlace(place)}\n\n`
    },
    /** There may be something to read. */
    wake: () => {
      state.isDue = true
      void read()
    },
    end: () => {
      state.isOver = true
      clearTimeout(retry)
    },
  }
}

/** Ends with the id up to which the client knows all, where that is not the id of the last event. */
function writePage(page: EventPage, before: Place): string {
  const reset = page.isForgotten ? writeReset('forgotten', before) : ''
  const last = page.events.at(-1)
  const written = reset + page.events.map(writeOwnerEvent).join('')
  return written === '' || last?.place === page.end.number
    ? written
    : `${written}id: ${writePlace(page.end)}\n\n`
}

function writeReset(reason: Loss, place: Place): string {
  return writeEvent({ id: writePlace(place), type: 'reset', data: resetMessage(reason) })
}

function writeOwnerEvent(event: EventPage['events'][number]): string {
  const id = writePlace(placeOf(event.place, event.id))
  return writeEvent({ id, type: event.type, data: messageOf(event) })
}
