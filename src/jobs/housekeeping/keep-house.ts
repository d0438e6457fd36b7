import { validate as isUuid } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { INCOMING_PREFIX, PARTS_ROOT, partsPrefix } from '../keys.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import type { JobId } from '../model.js'
import type { FolderEntry } from '../ports/work-folders.js'
import { expireOutputs } from './expire-outputs.js'
import { expireUploads } from './expire-uploads.js'
import { forgetEvents } from './forget-events.js'
import { isGarbage, type Leftover, type Retention } from './judge-leftover.js'
import { removeLateOutputs } from './remove-late-outputs.js'
import { removeOrphans } from './remove-orphans.js'
import { removeRetired } from './remove-retired.js'

type HouseDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders' | 'health' | 'log'> & {
  readonly retention: Retention
}

export interface Removed {
  /** Number of folders of incoming uploads, work and parts. */
  readonly folders: number
  /** Uploads and outputs that have no row. */
  readonly orphans: number
  /** Number of jobs that lost their outputs. */
  readonly expired: number
  /** Versions of assets that were replaced or deleted. */
  readonly retired: number
  readonly events: number
  /** Resumable uploads. */
  readonly uploads: number
}

/**
 * Removes what interrupted uploads and ended jobs have left, and outputs that have reached their age. A step that fails
 * does not keep the others from their work; the first failure is thrown at the end.
 */
export async function keepHouse(deps: HouseDeps, now = new Date()): Promise<Removed> {
  const failures: unknown[] = []
  const inStep = (step: Promise<number>) =>
    step.catch((error: unknown) => {
      failures.push(error)
      return 0
    })
  const work = await inStep(removeWorkFolders(deps, now))
  const parts = await inStep(removeParts(deps, now))
  const expired = await inStep(expireOutputs(deps, now))
  const late = await inStep(removeLateOutputs(deps, now))
  const orphans = await inStep(removeOrphans(deps, now))
  const retired = await inStep(removeRetired(deps))
  const uploads = await inStep(expireUploads(deps, now))
  const events = await inStep(forgetEvents(deps, now))
  const removed = { folders: work + parts, orphans: late + orphans, expired, retired, events, uploads }
  if (Object.values(removed).some((count) => count > 0))
    deps.log.info(removed, 'housekeeping has removed what is no longer needed')
  if (failures.length > 0) throw failures[0]
  return removed
}

async function removeWorkFolders(deps: HouseDeps, now: Date): Promise<number> {
  return removeGarbage(deps, now, await deps.workFolders.list(), (name) => ({
    kind: name.startsWith(INCOMING_PREFIX) ? 'incoming' : 'work',
    remove: () => deps.workFolders.remove(name),
  }))
}

async function removeParts(deps: HouseDeps, now: Date): Promise<number> {
  return removeGarbage(deps, now, await deps.storage.listFolders(PARTS_ROOT), (name) => ({
    kind: 'parts',
    remove: () => deps.storage.remove(partsPrefix(name as JobId)),
  }))
}

async function removeGarbage(
  deps: HouseDeps,
  now: Date,
  folders: readonly FolderEntry[],
  describe: (name: string) => { kind: Leftover['kind']; remove: () => Promise<void> },
): Promise<number> {
  return sweepEach(deps, folders, {
    work: async ({ name, modifiedAt }) => {
      const { kind, remove } = describe(name)
      // A folder whose name is not one of ours stays.
      if (kind !== 'incoming' && !isUuid(name)) return false
      const job = kind === 'incoming' ? null : await deps.repositories.jobs.getById(name as JobId)
      if (!isGarbage({ kind, modifiedAt, job }, deps.retention, now)) return false
      await remove()
      return true
    },
    idsOf: ({ name }) => ({ folder: name }),
    failure: 'a folder cannot be removed',
  })
}
