import { validate as isUuid } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { PROCESSED_ROOT, processedPrefix } from '../keys.js'
import { findUnrecorded, removeUnrecorded } from '../lifecycle/remove-unrecorded.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import type { JobId } from '../model.js'
import { isLate, isOrphan, orphanLimit } from './judge-leftover.js'

type LateDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'health' | 'log'>

/** Jobs per query. */
const BATCH = 500

/**
 * Removes outputs that no row names. An attempt that outlived its job leaves them, for example on a worker that was
 * stopped for a while, and so does a job that was ended without its workflow. Returns how many files and folders were removed.
 */
export async function removeLateOutputs(deps: LateDeps, now: Date): Promise<number> {
  let removed = 0
  await sweepEach(deps, await findSuspects(deps, now), {
    work: async ({ id, isGone }) => {
      const count = isGone ? await removeAll(deps, id) : await removeUnrecordedOf(deps, id, now)
      removed += count
      return count > 0
    },
    idsOf: ({ id }) => ({ jobId: id }),
    failure: 'late outputs of a job cannot be removed',
  })
  return removed
}

async function findSuspects(
  { repositories, storage }: LateDeps,
  now: Date,
): Promise<{ id: JobId; isGone: boolean }[]> {
  const folders = (await storage.listFolders(PROCESSED_ROOT, 'own')).filter(({ name }) => isUuid(name))
  const late: JobId[] = []
  const orphans: JobId[] = []
  for (let from = 0; from < folders.length; from += BATCH) {
    const batch = folders
      .slice(from, from + BATCH)
      .map(({ name, modifiedAt }) => ({ id: name as JobId, modifiedAt }))
    const found = await repositories.jobs.listByIds(batch.map(({ id }) => id))
    const jobs = new Map(found.map((job) => [job.id, job]))
    const ended: JobId[] = []
    for (const { id, modifiedAt } of batch) {
      const job = jobs.get(id)
      if (!job && isOrphan(modifiedAt, now)) orphans.push(id)
      if (job && isLate(modifiedAt, job, now)) ended.push(id)
    }
    late.push(...(await withUnrecorded({ repositories, storage }, ended)))
  }
  // A database that knows none of the jobs is not the one that the outputs were made with.
  const isStrange = orphans.length === folders.length
  return [
    ...late.map((id) => ({ id, isGone: false })),
    ...(isStrange ? [] : orphans).map((id) => ({ id, isGone: true })),
  ]
}

/** Those among ended jobs that have outputs without a row; each is looked at again, under a lock, when its turn comes. */
async function withUnrecorded(
  { repositories, storage }: Pick<LateDeps, 'repositories' | 'storage'>,
  ids: readonly JobId[],
): Promise<JobId[]> {
  const outputs = await repositories.outputs.listForJobs(ids)
  const found: JobId[] = []
  for (const id of ids) {
    const recorded = outputs.filter(({ jobId }) => jobId === id).map(({ filePath }) => filePath)
    if ((await findUnrecorded(storage, id, recorded)).length > 0) found.push(id)
  }
  return found
}

async function removeUnrecordedOf(
  { repositories, storage }: LateDeps,
  id: JobId,
  now: Date,
): Promise<number> {
  let removed = 0
  await repositories.jobs.cleanBroken(id, orphanLimit(now), async (recorded) => {
    removed = await removeUnrecorded(storage, id, recorded)
  })
  return removed
}

async function removeAll({ storage }: LateDeps, id: JobId): Promise<number> {
  await storage.remove(processedPrefix(id))
  return 1
}
