import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import type { Job, JobId, Output, Owner, PassRow } from './model.js'
import type { JobCursor, JobFilter } from './ports/repositories.js'
import type { JobView } from './use-cases.js'

type ViewDeps = Pick<JobsDeps, 'repositories' | 'orchestrator'>

/** Below this percentage an estimate is a guess. */
const MIN_PERCENT_FOR_ETA = 2

/** @throws AppError `job-not-found` */
export async function viewJob(deps: ViewDeps, owner: Owner, id: JobId): Promise<JobView> {
  const whole = await deps.repositories.jobs.getWhole(owner, id)
  if (!whole) throw new AppError('job-not-found', `There is no job with the id ${id}.`)
  return toView(deps, whole.job, whole.passes, whole.outputs)
}

export async function listJobs(
  deps: ViewDeps,
  owner: Owner,
  filter: JobFilter,
  page: { limit: number; after: JobCursor | null },
): Promise<{ jobs: JobView[]; next: JobCursor | null }> {
  // One more than asked for tells whether there is another page.
  const found = await deps.repositories.jobs.list(owner, filter, { ...page, limit: page.limit + 1 })
  const jobs = found.slice(0, page.limit)
  const last = found.length > page.limit ? jobs.at(-1) : undefined
  return {
    jobs: await toViews(deps, jobs),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

/** Views of the jobs that exist, in no order. */
export async function viewJobs(deps: ViewDeps, ids: readonly JobId[]): Promise<JobView[]> {
  return toViews(deps, await deps.repositories.jobs.listByIds(ids))
}

/** Reads passes and outputs after the jobs, so that an ended job comes with all its outputs. */
async function toViews(deps: ViewDeps, jobs: readonly Job[]): Promise<JobView[]> {
  const ids = jobs.map(({ id }) => id)
  const [passes, outputs] = await Promise.all([
    deps.repositories.passes.listForJobs(ids),
    deps.repositories.outputs.listForJobs(ids),
  ])
  return jobs.map((job) =>
    toView(
      deps,
      job,
      passes.filter(({ jobId }) => jobId === job.id),
      outputs.filter(({ jobId }) => jobId === job.id),
    ),
  )
}

function toView(
  { orchestrator }: ViewDeps,
  job: Job,
  passes: readonly PassRow[],
  outputs: readonly Output[],
): JobView {
  const running = passes.filter(({ status }) => status === 'processing')
  const speeds = running.flatMap(({ speed }) => speed ?? [])
  return {
    job,
    passes,
    outputs,
    etaSeconds: etaSeconds(job, new Date()),
    speed: speeds.length > 0 ? speeds.reduce((sum, speed) => sum + speed, 0) : null,
    temporalUiUrl: orchestrator.uiUrl(job.workflowId),
  }
}

/** Remaining seconds at the average pace since the first pass began. */
function etaSeconds({ status, progress, renderStartedAt }: Job, now: Date): number | null {
  if (status !== 'processing' || !renderStartedAt || progress < MIN_PERCENT_FOR_ETA) return null
  const elapsedSec = (now.getTime() - renderStartedAt.getTime()) / 1000
  return Math.max(0, Math.round((elapsedSec * (100 - progress) * 10) / progress) / 10)
}
