import type { JobId } from '../../src/jobs/model.js'
import type { FollowedJob, JobView } from '../../src/jobs/use-cases.js'

/** The followers of each job. A test notifies them by hand. */
export function createStandInFollowing() {
  const followers = new Set<{ id: JobId; onNews: (view: JobView | null) => void }>()
  return {
    count: () => followers.size,
    tell: (id: JobId, view: JobView | null) => {
      for (const follower of followers) if (follower.id === id) follower.onNews(view)
    },
    follow: (view: JobView): FollowedJob => ({
      view,
      follow: (onNews) => {
        const follower = { id: view.job.id, onNews }
        followers.add(follower)
        return () => followers.delete(follower)
      },
    }),
  }
}

/** Turns exceptions into rejections. */
export function later<Args extends unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Promise<Result> {
  return (...args) => Promise.resolve().then(() => act(...args))
}
