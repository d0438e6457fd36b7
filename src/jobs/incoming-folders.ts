import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import { requireRoom } from './disk-budget.js'
import { requestFolder } from './keys.js'
import type { Owner } from './model.js'
import type { IncomingFolder } from './ports/incoming-folder.js'
import { countOpen, type OpenCounts } from './quotas/count-open.js'

/**
 * Room that an open request has promised to it: what may arrive before the room is looked at again. What it announces
 * beyond that is promised to nobody, or a client that announces much and sends nothing would take the room of all.
 */
const STEP_BYTES = 64 * 1024 ** 2

/** The uploads of each owner whose bodies arrive. */
export function countUploads(limit: number | null): OpenCounts {
  return countOpen(
    limit,
    (open) => new AppError('too-many-uploads', `${open} uploads are open. Wait until one of them has ended.`),
  )
}

/** Makes a work folder for each incoming request, if there is room for what the requests under way will write next. */
export function createIncomingFolders(
  deps: Pick<JobsDeps, 'workFolders' | 'minFreeDiskBytes'>,
  uploads: OpenCounts,
): (owner: Owner, announcedBytes: number) => Promise<IncomingFolder> {
  let promisedBytes = 0
  const promise = (owner: Owner, bytes: number) => {
    const leave = uploads.enter(owner)
    promisedBytes += bytes
    return () => {
      leave()
      promisedBytes -= bytes
    }
  }

  return async (owner, announcedBytes) => {
    const bytes = Math.min(announcedBytes, STEP_BYTES)
    const name = requestFolder()
    // Promised before the room is looked at, or many requests at once would all find the same room.
    const end = promise(owner, bytes)
    try {
      await requireRoom(deps, Math.max(promisedBytes, announcedBytes))
      const dir = await deps.workFolders.create(name)
      let checkedBytes = 0
      return {
        dir,
        arrived: async (totalBytes) => {
          if (totalBytes - checkedBytes < STEP_BYTES / 2) return
          checkedBytes = totalBytes
          await requireRoom(deps, promisedBytes)
        },
        remove: async () => {
          end()
          await deps.workFolders.remove(name)
        },
      }
    } catch (error) {
      end()
      throw error
    }
  }
}
