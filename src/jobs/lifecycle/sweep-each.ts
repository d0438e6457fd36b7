import { isOutage } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { JobId } from '../model.js'

type SweepDeps = Pick<JobsDeps, 'health' | 'log'>

interface Sweep<Item> {
  /** Returns whether it changed something. */
  readonly work: (item: Item) => Promise<boolean>
  /** Ids of an item, for the log. */
  readonly idsOf: (item: Item) => Readonly<Record<string, string>>
  /** The log's message about an item whose work fails. */
  readonly failure: string
  /** Milliseconds after which no further item is begun. */
  readonly limitMs?: number
}

/**
 * Does a sweep's work for each item. An item whose work fails is logged and does not hold up the others. When a service
 * that all items need is away, its error is thrown. Returns how many items were changed.
 */
export async function sweepEach<Item>(
  deps: SweepDeps,
  items: readonly Item[],
  { work, idsOf, failure, limitMs = Infinity }: Sweep<Item>,
): Promise<number> {
  const beganMs = performance.now()
  let changed = 0
  for (const item of items) {
    if (performance.now() - beganMs > limitMs) break
    try {
      if (await work(item)) changed += 1
    } catch (error) {
      // One file that cannot be removed, or one locked row, fails like an outage, and may fail each time.
      if (isOutage(error) && !(await areServicesWell(deps.health))) throw error
      deps.log.error({ err: error, ...idsOf(item) }, failure)
    }
  }
  return changed
}

/** The same for jobs. Each goes to the end of the lists for sweeps before its work begins. */
export async function sweepJobs<Item extends { readonly id: JobId }>(
  deps: SweepDeps & Pick<JobsDeps, 'repositories'>,
  jobs: readonly Item[],
  { work, ...sweep }: Omit<Sweep<Item>, 'idsOf'>,
): Promise<number> {
  return sweepEach(deps, jobs, {
    ...sweep,
    idsOf: ({ id }) => ({ jobId: id }),
    work: async (job) => {
      await deps.repositories.jobs.noteSweep(job.id)
      return work(job)
    },
  })
}

async function areServicesWell({ database, orchestrator, storage }: JobsDeps['health']): Promise<boolean> {
  const checks = await Promise.allSettled([database(), orchestrator(), storage()])
  return checks.every(({ status }) => status === 'fulfilled')
}
