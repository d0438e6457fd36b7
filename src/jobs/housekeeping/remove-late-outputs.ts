import { validate as isUuid } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { PROCESSED_ROOT, processedPrefix } from '../keys.js'
import { removeUnrecorded } from '../lifecycle/remove-unrecorded.js'
import type { JobId } from '../model.js'
import { graceLimit, isLate, isOrphan } from './judge-leftover.js'

type LateDeps = Pick<JobsDeps, 'repositories' | 'storage'>

/** Jobs that one query asks for. */
const BATCH = 500

/** Runs a removal and returns whether it succeeded. */
type Attempt = (subject: Readonly<Record<string, string>>, work: () => Promise<unknown>) => Promise<boolean>

/**
 * Removes outputs that no row names. An attempt leaves them that outlived its job, for instance on a worker that was
 * stopped for a while. Returns how many files and folders were removed.
 */
export async function removeLateOutputs(deps: LateDeps, now: Date, attempt: Attempt): Promise<number> {
  let removed = 0
  for (const { id, isGone } of await findSuspects(deps, now)) {
    await attempt({ jobId: id }, async () => {
      removed += isGone ? await removeAll(deps, id) : await removeOf(deps, id, now)
    })
  }
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
    for (const { id, modifiedAt } of batch) {
      const job = jobs.get(id)
      if (!job && isOrphan(modifiedAt, now)) orphans.push(id)
      if (job && isLate(modifiedAt, job, now)) late.push(id)
    }
  }
  // A database that knows none of the jobs is not the one that they were made with.
  const isStrange = orphans.length === folders.length
  return [
    ...late.map((id) => ({ id, isGone: false })),
    ...(isStrange ? [] : orphans).map((id) => ({ id, isGone: true })),
  ]
}

async function removeOf({ repositories, storage }: LateDeps, id: JobId, now: Date): Promise<number> {
  let removed = 0
  await repositories.jobs.cleanBroken(id, graceLimit(now), async (recorded) => {
    removed = await removeUnrecorded(storage, id, recorded)
  })
  return removed
}

async function removeAll({ storage }: LateDeps, id: JobId): Promise<number> {
  await storage.remove(processedPrefix(id))
  return 1
}
