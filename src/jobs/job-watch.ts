import type { Logger } from 'pino'
import { withLogIds } from './log-ids.js'
import type { JobId } from './model.js'
import type { JobView } from './use-cases.js'

interface WatchDeps {
  /** By job, a text that changes whenever the job does; jobs that are gone are left out. */
  readonly listVersions: (ids: readonly JobId[]) => Promise<ReadonlyMap<JobId, string>>
  readonly viewJobs: (ids: readonly JobId[]) => Promise<readonly JobView[]>
  readonly log: Logger
  /** Milliseconds from one look's end to the next. */
  readonly intervalMs?: number
}

export interface JobWatch {
  /** See FollowedJob.follow. */
  follow(id: JobId, onNews: (view: JobView | null) => void): () => void
}

interface Follower {
  readonly id: JobId
  readonly onNews: (view: JobView | null) => void
  /** Of the state it was told last; null: it was told none. */
  version: string | null
}

const INTERVAL_MS = 500

/**
 * One look at PostgreSQL for all followers of this process: a small query for the versions of their jobs, and
 * the rows of those alone that have changed. It rests while nobody follows. Each process looks for itself, so
 * that any of them can tell of any job.
 */
export function createJobWatch(deps: WatchDeps): JobWatch {
  const { log, intervalMs = INTERVAL_MS } = deps
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | null = null
  let isLooking = false
  let isAway = false

  /** Whoever begins to follow meanwhile is told by the next look: what this one has read may be older. */
  const look = async () => {
    isLooking = true
    const audience = [...followers]
    try {
      await tellNews(deps, audience, (follower) => followers.has(follower))
      if (isAway) log.info('followed jobs can be read again')
      isAway = false
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'followed jobs cannot be read, trying on')
      isAway = true
    }
    isLooking = false
    plan()
  }
  const plan = () => {
    if (followers.size === 0 || timer !== null || isLooking) return
    timer = setTimeout(() => {
      timer = null
      // For all followers, so it is no part of the request that began it.
      withLogIds({}, () => void look())
    }, intervalMs)
  }
  return {
    follow(id, onNews) {
      const follower: Follower = { id, onNews, version: null }
      followers.add(follower)
      plan()
      return () => {
        followers.delete(follower)
        if (followers.size > 0 || timer === null) return
        clearTimeout(timer)
        timer = null
      }
    },
  }
}

async function tellNews(
  { listVersions, viewJobs }: WatchDeps,
  audience: readonly Follower[],
  isFollowing: (follower: Follower) => boolean,
): Promise<void> {
  const versions = await listVersions(idsOf(audience))
  const changed = audience.filter(({ id, version }) => versions.get(id) !== version || !versions.has(id))
  const ids = idsOf(changed.filter(({ id }) => versions.has(id)))
  const views = new Map((ids.length > 0 ? await viewJobs(ids) : []).map((view) => [view.job.id, view]))
  for (const follower of changed) {
    if (!isFollowing(follower)) continue
    // Read before the rows: what changes in between is told again, never missed.
    follower.version = versions.get(follower.id) ?? null
    follower.onNews(views.get(follower.id) ?? null)
  }
}

function idsOf(followers: readonly Follower[]): JobId[] {
  return [...new Set(followers.map(({ id }) => id))]
}
