import type { Logger } from 'pino'
import { withLogIds } from './log-ids.js'
import type { JobId } from './model.js'
import type { JobView } from './use-cases.js'

interface WatchDeps {
  /** By job, a text that changes whenever the job does; jobs that are gone are left out. */
  readonly listVersions: (ids: readonly JobId[]) => Promise<ReadonlyMap<JobId, string>>
  readonly viewJobs: (ids: readonly JobId[]) => Promise<readonly JobView[]>
  readonly log: Logger
  /** Milliseconds from the end of one poll to the next. */
  readonly intervalMs?: number
}

export interface JobWatch {
  /** See FollowedJob.follow. */
  follow(id: JobId, onNews: (view: JobView | null) => void): () => void
}

interface Follower {
  readonly id: JobId
  readonly onNews: (view: JobView | null) => void
  /** Version of the state that it was told last; null: it has been told nothing. */
  version: string | null
  /** Its listener threw the last time, which was logged. */
  hasFailed: boolean
}

const INTERVAL_MS = 500

/**
 * Polls PostgreSQL once for all followers of this process: a small query for the versions of their jobs, then the rows
 * of the jobs that have changed. It rests while there are no followers. Each process polls for itself, so that any of
 * them can serve followers of any job.
 */
export function createJobWatch(deps: WatchDeps): JobWatch {
  const { log, intervalMs = INTERVAL_MS } = deps
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | null = null
  let isPolling = false
  let isAway = false

  /** Followers added during a poll wait for the next one, since this poll may have read older rows. */
  const poll = async () => {
    isPolling = true
    try {
      const news = await readNews(deps, [...followers])
      for (const { follower, view, version } of news) {
        if (followers.has(follower)) tell(log, follower, view, version)
      }
      if (isAway) log.info('followed jobs can be read again')
      isAway = false
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'followed jobs cannot be read, will keep trying')
      isAway = true
    }
    isPolling = false
    plan()
  }
  const plan = () => {
    if (followers.size === 0 || timer !== null || isPolling) return
    timer = setTimeout(() => {
      timer = null
      // The poll serves all followers, so its log lines do not belong to the request that began it.
      withLogIds({}, () => void poll())
    }, intervalMs)
  }
  return {
    follow(id, onNews) {
      const follower: Follower = { id, onNews, version: null, hasFailed: false }
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

interface News {
  readonly follower: Follower
  /** null: the job is gone. */
  readonly view: JobView | null
  readonly version: string | null
}

/** What followers have not been told yet. */
async function readNews(
  { listVersions, viewJobs }: WatchDeps,
  followers: readonly Follower[],
): Promise<News[]> {
  // Read before the rows: a change in between is told again, never missed.
  const versions = await listVersions(idsOf(followers))
  const changed = followers.filter(({ id, version }) => versions.get(id) !== version || !versions.has(id))
  const ids = idsOf(changed.filter(({ id }) => versions.has(id)))
  const views = new Map((ids.length > 0 ? await viewJobs(ids) : []).map((view) => [view.job.id, view]))
  return changed.map((follower) => ({
    follower,
    view: views.get(follower.id) ?? null,
    version: versions.get(follower.id) ?? null,
  }))
}

/** A listener that throws is told again by the next poll, and keeps no other from being told. */
function tell(log: Logger, follower: Follower, view: JobView | null, version: string | null): void {
  try {
    follower.onNews(view)
    follower.version = version
    follower.hasFailed = false
  } catch (error) {
    if (!follower.hasFailed)
      log.error({ err: error, jobId: follower.id }, 'a follower cannot be told of its job')
    follower.hasFailed = true
  }
}

function idsOf(followers: readonly Follower[]): JobId[] {
  return [...new Set(followers.map(({ id }) => id))]
}
