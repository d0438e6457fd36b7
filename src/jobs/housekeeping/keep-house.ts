import { validate as isUuid } from 'uuid'
import { isOutage } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import {
  INCOMING_PREFIX,
  PARTS_ROOT,
  partsPrefix,
  processedPrefix,
  uploadKey,
  UPLOADS_ROOT,
  videoOfFilename,
} from '../keys.js'
import type { JobId, VideoId } from '../model.js'
import type { FolderEntry } from '../ports/work-folders.js'
import { expiryLimit, isGarbage, isOrphan, type Leftover, type Retention } from './judge-leftover.js'
import { removeLateOutputs } from './remove-late-outputs.js'

type HouseDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders' | 'log'> & {
  readonly retention: Retention
}

/** Most jobs whose outputs expire in one round. */
const MAX_EXPIRED = 200

export interface Removed {
  /** Number of folders of incoming uploads, work and parts. */
  readonly folders: number
  /** Number of uploads and outputs that no row knows. */
  readonly orphans: number
  /** Number of jobs that lost their outputs. */
  readonly expired: number
}

/** Removes what interrupted uploads and ended jobs have left, and outputs that have expired. */
export async function keepHouse(deps: HouseDeps, now = new Date()): Promise<Removed> {
  const work = await removeGarbage(deps, now, await deps.workFolders.list(), (name) => ({
    kind: name.startsWith(INCOMING_PREFIX) ? 'incoming' : 'work',
    remove: () => deps.workFolders.remove(name),
  }))
  const parts = await removeGarbage(deps, now, await deps.storage.listFolders(PARTS_ROOT), (name) => ({
    kind: 'parts',
    remove: () => deps.storage.remove(partsPrefix(name as JobId)),
  }))
  const expired = await expireOutputs(deps, now)
  const late = await removeLateOutputs(deps, now, (subject, remove) => succeeds(deps, subject, remove))
  const removed = { folders: work + parts, orphans: late + (await removeOrphans(deps, now)), expired }
  if (removed.folders + removed.orphans + removed.expired > 0) deps.log.info(removed, 'kept house')
  return removed
}

async function removeGarbage(
  deps: HouseDeps,
  now: Date,
  folders: readonly FolderEntry[],
  describe: (name: string) => { kind: Leftover['kind']; remove: () => Promise<void> },
): Promise<number> {
  let removed = 0
  for (const { name, modifiedAt } of folders) {
    const { kind, remove } = describe(name)
    // Folders whose names are not ours stay.
    if (kind !== 'incoming' && !isUuid(name)) continue
    const job = kind === 'incoming' ? null : await deps.repositories.jobs.getById(name as JobId)
    if (!isGarbage({ kind, modifiedAt, job }, deps.retention, now)) continue
    if (await succeeds(deps, { folder: name }, remove)) removed += 1
  }
  return removed
}

async function removeOrphans(deps: HouseDeps, now: Date): Promise<number> {
  const { repositories, storage } = deps
  const files = (await storage.listFiles(UPLOADS_ROOT)).flatMap(({ name, modifiedAt }) => {
    const id = videoOfFilename(name)
    return id === null ? [] : [{ id, name, modifiedAt }]
  })
  const isKnown = async ({ id }: { id: VideoId }) => (await repositories.videos.getById(id)) !== null
  const orphans = []
  const others = []
  for (const file of files) {
    if (isOrphan(file.modifiedAt, now) && !(await isKnown(file))) orphans.push(file)
    else others.push(file)
  }
  // A database that knows none of the files is not the one that they were uploaded to.
  if (orphans.length === 0 || !(await some(others, isKnown))) return 0
  let removed = 0
  for (const { name } of orphans) {
    if (await succeeds(deps, { file: name }, () => storage.remove(uploadKey(name)))) removed += 1
  }
  return removed
}

async function some<Item>(items: readonly Item[], holds: (item: Item) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true
  return false
}

async function expireOutputs(deps: HouseDeps, now: Date): Promise<number> {
  const { repositories, storage } = deps
  const limit = expiryLimit(deps.retention, now)
  if (!limit) return 0
  let expired = 0
  for (const id of await repositories.jobs.listExpirable(limit, MAX_EXPIRED)) {
    const expire = () =>
      repositories.jobs.expire(id, limit, async () => {
        await storage.remove(processedPrefix(id))
        await storage.remove(partsPrefix(id))
      })
    if (await succeeds(deps, { jobId: id }, expire)) expired += 1
  }
  return expired
}

/** A removal that fails does not hold up the others; an outage ends the round. */
async function succeeds(
  { log }: HouseDeps,
  subject: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (isOutage(error)) throw error
    log.error({ err: error, ...subject }, 'cannot be removed')
    return false
  }
}
