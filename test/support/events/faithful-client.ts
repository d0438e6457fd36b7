import { setTimeout as delay } from 'node:timers/promises'
import { openEvents, type ReceivedEvent } from './event-stream.js'

const PAUSE_MS = 200

/** Follows a stream as `EventSource` does: whenever it breaks, it comes again with the last id that it has had. */
export function followFaithfully(nextUrl: () => string) {
  const events: ReceivedEvent[] = []
  let lastId: string | null = null
  const over = new AbortController()
  let leave = () => {}
  let current = (): readonly ReceivedEvent[] => []
  let connections = 0
  const isOver = () => over.signal.aborted

  const connect = async () => {
    const stream = await openEvents(nextUrl(), lastId === null ? {} : { 'Last-Event-ID': lastId })
    leave = stream.leave
    if (stream.response.statusCode !== 200) {
      stream.leave()
      return
    }
    connections += 1
    current = stream.events
    await stream.ended.catch(() => undefined)
    events.push(...stream.events())
    current = () => []
    // Only whole blocks count: the last one may have been cut off.
    const whole = stream.text().split('\n\n').slice(0, -1)
    lastId = whole.flatMap((block) => /^id: (.*)$/m.exec(block)?.[1] ?? []).at(-1) ?? lastId
  }
  const running = (async () => {
    for (;;) {
      await connect().catch(() => undefined)
      if (isOver()) return
      await delay(PAUSE_MS)
    }
  })()
  return {
    connections: () => connections,
    /** What it has been told so far, over all connections. */
    events: () => [...events, ...current()],
    /** Ends it. Gives everything that it was told. */
    end: async (): Promise<readonly ReceivedEvent[]> => {
      over.abort()
      leave()
      await running
      return events
    },
  }
}
