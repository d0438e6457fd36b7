import type { JobsDeps } from '../deps.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import { removeBytes } from '../uploads/part-file.js'

type ExpiryDeps = Pick<JobsDeps, 'repositories' | 'workFolders' | 'health' | 'log'>

/** More of them wait for the next round. */
const BATCH = 2000

/** Removes resumable uploads of which nothing has come for long, and the rows of those that ended. Returns how many. */
export async function expireUploads(deps: ExpiryDeps, now: Date): Promise<number> {
  const { uploads } = deps.repositories
  return sweepEach(deps, await uploads.listExpired(now, BATCH), {
    work: async (id) => {
      // The row first: what is left of the folder is removed by its age.
      if (!(await uploads.deleteExpired(id, now))) return false
      await removeBytes(deps, id)
      return true
    },
    idsOf: (id) => ({ uploadId: id }),
    failure: 'an upload that has expired cannot be removed',
  })
}
