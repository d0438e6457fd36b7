import type { FollowedEvents } from '../../jobs/events/use-cases.js'
import type { EventFeed } from '../reply/reply.js'
import { createPages } from './event-pages.js'
import { createAge } from './max-age.js'

/**
 * The events of an owner for one reader. One page of them is in memory: the next is read when the reader has taken it. So
 * a client that does not read costs a page, however much happens.
 */
export function ownerEventFeed(followed: FollowedEvents, now?: () => number): EventFeed {
  const isOld = createAge(now)
  let onNews = () => {}
  const pages = createPages(followed, () => onNews())
  return {
    take: () => ({ text: pages.take(), isLast: false }),
    pulse: () => ({ text: pages.mark() ?? ':\n\n', isLast: isOld() }),
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
