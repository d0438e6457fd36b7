import type { Logger } from 'pino'
import { withLogIds } from './log-ids.js'
import type { JobId } from './model.js'
import type { Changes } from './ports/changes.js'
import type { JobView } from './use-cases.js'

interface WatchDeps {
  /** By job, a text that changes whenever the job does; jobs that are gone are left out. */
  readonly listVersions: (ids: readonly JobId[]) => Promise<ReadonlyMap<JobId, string>>
  readonly viewJobs: (ids: readonly JobId[]) => Promise<readonly JobView[]>
  readonly changes: Pick<Changes, 'followJob'>
  readonly log: Logger
  /** Milliseconds from a change to the look at it, and from the end of one look to the next. */
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
  /** There may be something to tell it. */
  isDue: boolean
  /** Its listener threw the last time, which was logged. */
  hasFailed: boolean
}

const INTERVAL_MS = 500

/**
 * Looks at PostgreSQL once for all followers of this process whose jobs may have changed: a small query for the versions
 * of these jobs, then the rows of those that have changed. It rests while nothing changes. Each process looks for
 * itself, so that any of them can serve followers of any job.
 */
export function createJobWatch(deps: WatchDeps): JobWatch {
  const { changes, log, intervalMs = INTERVAL_MS } = deps
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | null = null
  let isLooking = false
  let isAway = false

  /** What changes during a look waits for the next one, since this look may have read older rows. */
  const look = async () => {
    isLooking = true
    const due = takeDue(followers)
    try {
      const news = await readNews(deps, due)
      for (const { follower, view, version } of news) {
        if (followers.has(follower)) tell(log, follower, view, version)
      }
      if (isAway) log.info('followed jobs can be read again')
      isAway = false
    } catch (error) {
      for (const follower of due) follower.isDue = true
      if (!isAway) log.warn({ err: error }, 'followed jobs cannot be read, will keep trying')
      isAway = true
    }
    isLooking = false
    plan()
  }
  const plan = () => {
    if (timer !== null || isLooking || ![...followers].some(({ isDue }) => isDue)) return
    timer = setTimeout(() => {
      timer = null
      // The look serves all followers, so its log lines do not belong to the request that began it.
      withLogIds({}, () => void look())
    }, intervalMs)
  }
  return {
    follow(id, onNews) {
      const follower: Follower = { id, onNews, version: null, isDue: true, hasFailed: false }
      followers.add(follower)
      const unfollow = changes.followJob(id, () => {
        follower.isDue = true
        plan()
      })
      plan()
      return () => {
        followers.delete(follower)
        unfollow()
        if (followers.size > 0 || timer === null) return
        clearTimeout(timer)
        timer = null
      }
    },
  }
}

function takeDue(followers: ReadonlySet<Follower>): Follower[] {
  const due = [...followers].filter(({ isDue }) => isDue)
  for (const follower of due) follower.isDue = false
  return due
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

/** A listener that throws is told again by the next look, and keeps no other from being told. */
function tell(log: Logger, follower: Follower, view: JobView | null, version: string | null): void {
  try {
    follower.onNews(view)
    follower.version = version
    follower.hasFailed = false
  } catch (error) {
    follower.isDue = true
    if (!follower.hasFailed)
      log.error({ err: error, jobId: follower.id }, 'a follower cannot be told of its job')
    follower.hasFailed = true
  }
}

function idsOf(followers: readonly Follower[]): JobId[] {
  return [...new Set(followers.map(({ id }) => id))]
}
