import type { JobsDeps } from '../deps.js'
import { partsPrefix, processedPrefix } from '../keys.js'
import { sweepJobs } from '../lifecycle/sweep-each.js'
import { expiryLimit, type Retention } from './judge-leftover.js'

type ExpiryDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'health' | 'log'> & {
  readonly retention: Retention
}

/** Jobs whose outputs are removed in one round. */
const BATCH = 200

/** Removes the outputs of jobs that ended long enough ago. Returns how many jobs lost theirs. */
export async function expireOutputs(deps: ExpiryDeps, now: Date): Promise<number> {
  const { repositories, storage, retention } = deps
  const limit = expiryLimit(retention, now)
  if (!limit) return 0
  const ids = await repositories.jobs.listExpirable(limit, BATCH)
  return sweepJobs(
    deps,
    ids.map((id) => ({ id })),
    {
      work: ({ id }) =>
        repositories.jobs.expire(id, limit, async () => {
          await storage.remove(processedPrefix(id))
          await storage.remove(partsPrefix(id))
        }),
      failure: 'the outputs of a job cannot be removed',
    },
  )
}
