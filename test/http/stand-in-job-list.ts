import type { JobCursor, JobFilter } from '../../src/jobs/ports/repositories.js'
import type { JobView } from '../../src/jobs/use-cases.js'

/** A page of jobs, newest first, in place of the query of PostgreSQL. */
export function pageOfJobs(
  jobs: readonly JobView[],
  filter: JobFilter,
  { limit, after }: { readonly limit: number; readonly after: JobCursor | null },
): { jobs: JobView[]; next: JobCursor | null } {
  const all = [...jobs]
    .sort((a, b) => (a.job.id < b.job.id ? 1 : -1))
    .filter(({ job }) => filter.status === undefined || job.status === filter.status)
    .filter(({ job }) => filter.type === undefined || job.type === filter.type)
    .filter(({ job }) => filter.videoId === undefined || job.videoId === filter.videoId)
    .filter(({ job }) => after === null || job.id < after.id)
  const page = all.slice(0, limit)
  const last = page.at(-1)
  const next = all.length > limit && last ? { createdAt: last.job.createdAt, id: last.job.id } : null
  return { jobs: page, next }
}
