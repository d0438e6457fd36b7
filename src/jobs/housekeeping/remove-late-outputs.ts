import { validate as isUuid } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { processedPrefix, PROCESSED_ROOT } from '../keys.js'
import type { Job, JobId } from '../model.js'
import { removeUnrecorded } from '../remove-unrecorded.js'
import type { StoredFolder } from '../storage-port.js'
import { graceLimit, mayHoldUnrecorded } from './judge-leftover.js'

type LateDeps = Pick<JobsDeps, 'repositories' | 'storage'>

/** Jobs asked for at once. */
const BATCH = 500

/**
 * Removes outputs that no row names: of an attempt that outlived its job, such as that of a worker that was stopped for
 * a while. `attempt` runs each removal and says whether it went well. Returns how many files and folders went.
 */
export async function removeLateOutputs(
  deps: LateDeps,
  now: Date,
  attempt: (subject: Readonly<Record<string, string>>, work: () => Promise<unknown>) => Promise<boolean>,
): Promise<number> {
  let removed = 0
  for (const { id, job } of await findSuspects(deps, now)) {
    await attempt({ jobId: id }, async () => {
      removed += job ? await removeOf(deps, id, now) : await removeAll(deps, id)
    })
  }
  return removed
}

async function findSuspects(
  { repositories, storage }: LateDeps,
  now: Date,
): Promise<{ id: JobId; job: Job | null }[]> {
  const folders = (await storage.listFolders(PROCESSED_ROOT, 'own')).filter(({ name }) => isUuid(name))
  const suspects: { id: JobId; job: Job | null }[] = []
  for (let from = 0; from < folders.length; from += BATCH) {
    const batch: readonly StoredFolder[] = folders.slice(from, from + BATCH)
    const found = await repositories.jobs.listByIds(batch.map(({ name }) => name as JobId))
    const jobs = new Map(found.map((job) => [job.id, job]))
    for (const { name, modifiedAt } of batch) {
      const id = name as JobId
      const job = jobs.get(id) ?? null
      if (mayHoldUnrecorded(modifiedAt, job, now)) suspects.push({ id, job })
    }
  }
  return suspects
}

async function removeOf(deps: LateDeps, id: JobId, now: Date): Promise<number> {
  let removed = 0
  await deps.repositories.jobs.whileBroken(id, graceLimit(now), async (job) => {
    removed = await removeUnrecorded(deps, job)
  })
  return removed
}

async function removeAll({ storage }: LateDeps, id: JobId): Promise<number> {
  await storage.remove(processedPrefix(id))
  return 1
}
