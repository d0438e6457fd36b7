import type { JobsDeps } from '../deps.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import { removeBytes } from '../uploads/part-file.js'
import type { UploadId } from '../uploads/upload.js'

type ExpiryDeps = Pick<JobsDeps, 'repositories' | 'workFolders' | 'health' | 'log'>

/** Of one query. */
const BATCH = 2000

/** Removes resumable uploads of which nothing has come for long, and the rows of those that ended. Returns how many. */
export async function expireUploads(deps: ExpiryDeps, now: Date): Promise<number> {
  let removed = 0
  for (;;) {
    const expired = await deps.repositories.uploads.listExpired(now, BATCH)
    const count = await removeEach(deps, expired, now)
    removed += count
    // Those that could not be removed would be listed again.
    if (expired.length < BATCH || count < BATCH / 2) return removed
  }
}

function removeEach(deps: ExpiryDeps, expired: readonly UploadId[], now: Date): Promise<number> {
  const { uploads } = deps.repositories
  return sweepEach(deps, expired, {
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
