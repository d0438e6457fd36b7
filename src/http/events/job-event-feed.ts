import { isFinal } from '../../jobs/model.js'
import type { FollowedJob } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import type { EventFeed } from '../reply/reply.js'
import { eventsSince, type Told } from './job-events.js'
import { createAge } from './max-age.js'
import { writeEvent } from './write-event.js'

/** The events of a job for one reader. A slow reader gets the latest state and skips those in between. */
export function jobEventFeed(
  followed: FollowedJob,
  told: Told,
  audience: Audience,
  now?: () => number,
): EventFeed {
  const isOld = createAge(now)
  let known = told
  let view: FollowedJob['view'] | null = followed.view
  return {
    take() {
      if (view === null) return { text: '', isLast: true }
      const next = eventsSince(view, known, audience)
      known = next.told
      return { text: next.events.map(writeEvent).join(''), isLast: isFinal(view.job.status) }
    },
    pulse: () => ({ text: ':\n\n', isLast: isOld() }),
    follow: (onNews) =>
      followed.follow((latest) => {
        view = latest
        onNews()
      }),
  }
}
