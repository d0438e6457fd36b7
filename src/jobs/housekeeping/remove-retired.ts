import { removeVersion } from '../assets/assets.js'
import type { JobsDeps } from '../deps.js'
import { sweepEach } from '../lifecycle/sweep-each.js'

type RetiredDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'health' | 'log'>

/** Versions that are removed in one round. */
const BATCH = 500

/** Removes versions of assets that were replaced or deleted, and that no job needs any more. Returns how many. */
export async function removeRetired(deps: RetiredDeps): Promise<number> {
  return sweepEach(deps, await deps.repositories.assets.listUnneeded(BATCH), {
    work: (id) => removeVersion(deps, id),
    idsOf: (id) => ({ assetId: id }),
    failure: 'a version of an asset that is no longer needed cannot be removed',
  })
}
