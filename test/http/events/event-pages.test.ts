import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPages } from '../../../src/http/events/event-pages.js'
import { START } from '../../../src/jobs/events/place.js'
import type { EventPage, FollowedEvents } from '../../../src/jobs/events/use-cases.js'

// The time between two looks is controlled.
beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Stands in for a database in which nothing happens, or that is away. */
function createFollowed(read: () => Promise<EventPage>) {
  let reads = 0
  const followed: FollowedEvents = {
    start: START,
    loss: null,
    read: () => {
      reads += 1
      return read()
    },
    follow: () => () => undefined,
  }
  const pages = createPages(followed, () => void pages.take())
  pages.take()
  return { pages, reads: () => reads }
}

const NOTHING: EventPage = { events: [], end: START, isMore: false, loss: null }

test('a stream looks twice a second at most, however often something changes', async () => {
  const { pages, reads } = createFollowed(() => Promise.resolve(NOTHING))
  await vi.advanceTimersByTimeAsync(0)
  expect(reads()).toBe(1)
  for (let changes = 0; changes < 100; changes += 1) {
    pages.wake()
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(reads()).toBe(3)
  pages.wake()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads()).toBe(4)
  pages.end()
})

test('a stream whose database is away looks again after some seconds', async () => {
  const { pages, reads } = createFollowed(() => Promise.reject(new Error('away')))
  await vi.advanceTimersByTimeAsync(2_900)
  expect(reads()).toBe(1)
  await vi.advanceTimersByTimeAsync(4_200)
  const before = reads()
  expect(before).toBeGreaterThan(1)
  pages.end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads()).toBe(before)
})
