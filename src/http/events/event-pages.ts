import { messageOf } from '../../jobs/events/message.js'
import { type Place, placeOf, writePlace } from '../../jobs/events/place.js'
import type { EventPage, FollowedEvents, Loss } from '../../jobs/events/use-cases.js'
import { resetMessage } from './reset.js'
import { writeEvent } from './write-event.js'

/** From one look at what is new to the next, however often something changes. */
const INTERVAL_MS = 500
/** After a failure nothing may tell of a change. All streams fail at once, and should not come again at once. */
const RETRY_MS = { least: 3_000, spread: 4_000 }

/** When a stream looks for what is new. */
function createPace(look: () => void) {
  let restsUntilMs = 0
  let timer: NodeJS.Timeout | undefined
  const lookIn = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(look, ms)
  }
  return {
    /** false: it looks later. */
    isNow: (): boolean => {
      const restMs = restsUntilMs - performance.now()
      if (restMs > 0) lookIn(restMs)
      return restMs <= 0
    },
    /** All has been read. */
    rest: () => {
      restsUntilMs = performance.now() + INTERVAL_MS
    },
    retry: () => lookIn(RETRY_MS.least + Math.random() * RETRY_MS.spread),
    end: () => clearTimeout(timer),
  }
}

/** Reads page by page, while there may be something to read and the last page was taken. */
export function createPages(followed: FollowedEvents, onPage: () => void) {
  let place = followed.start
  /** What the client would send as `Last-Event-ID`. */
  let told = place
  let text = `id: ${writePlace(place)}\n\n` + (followed.loss === null ? '' : writeReset(followed.loss, place))
  const state = { isDue: true, isReading: false, isOver: false }
  const pace = createPace(() => void read())
  const mayRead = () => state.isDue && !state.isReading && !state.isOver && text === ''
  const accept = (page: EventPage) => {
    text = writePage(page, place)
    if (text !== '') told = page.end
    place = page.end
    if (page.isMore) state.isDue = true
    else pace.rest()
  }
  const read = async (): Promise<void> => {
    if (!mayRead() || !pace.isNow()) return
    Object.assign(state, { isDue: false, isReading: true })
    const page = await followed.read(place).catch(() => null)
    state.isReading = false
    if (page === null) {
      // The use case has logged it.
      state.isDue = true
      if (!state.isOver) pace.retry()
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
      pace.end()
    },
  }
}

/** Ends with the id up to which the client knows all, where that is not the id of the last event. */
function writePage(page: EventPage, before: Place): string {
  const reset = page.loss === null ? '' : writeReset(page.loss, before)
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
