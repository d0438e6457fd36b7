import type { FollowedEvents } from '../../jobs/events/use-cases.js'
import type { EventFeed } from '../reply/reply.js'
import { createPages } from './event-pages.js'

/** A stream ends after this time, and its client comes again: with a key or link that is still valid. */
const MAX_AGE_MS = 3_600_000

/**
 * The events of an owner for one reader. One page of them is in memory: the next is read when the reader has taken it. So
 * a client that does not read costs a page, however much happens.
 */
export function ownerEventFeed(followed: FollowedEvents, now = () => performance.now()): EventFeed {
  const endMs = now() + MAX_AGE_MS
  let onNews = () => {}
  const pages = createPages(followed, () => onNews())
  return {
    take: () => ({ text: pages.take(), isLast: false }),
    pulse: () => ({ text: pages.mark() ?? ':\n\n', isLast: now() >= endMs }),
    follow: (listener) => {
      onNews = listener
      const unfollow = followed.follow(pages.wake)
      return () => {
        pages.end()
        unfollow()
      }
    },
  }
}
