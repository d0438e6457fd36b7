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

/** A body that arrives. */
export interface Arrival {
  /** To be told how much has arrived. @throws AppError `disk-full` */
  readonly arrived: (totalBytes: number) => Promise<void>
  readonly end: () => void
}

/** Begins an arrival. @throws AppError `disk-full`, `too-many-uploads` */
export type Arrivals = (owner: Owner, announcedBytes: number) => Promise<Arrival>

/** Lets bodies arrive for which there is room, beside what the requests under way will write next. */
export function createArrivals(
  deps: Pick<JobsDeps, 'workFolders' | 'minFreeDiskBytes'>,
  uploads: OpenCounts,
): Arrivals {
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
    // Promised before the room is looked at, or many requests at once would all find the same room.
    const end = promise(owner, bytes)
    try {
      await requireRoom(deps, Math.max(promisedBytes, announcedBytes))
    } catch (error) {
      end()
      throw error
    }
    let checkedBytes = 0
    return {
      end,
      arrived: async (totalBytes) => {
        if (totalBytes - checkedBytes < STEP_BYTES / 2) return
        checkedBytes = totalBytes
        await requireRoom(deps, promisedBytes)
      },
    }
  }
}

/** Makes a work folder for each incoming request. */
export function createIncomingFolders(
  { workFolders }: Pick<JobsDeps, 'workFolders'>,
  arrivals: Arrivals,
): (owner: Owner, announcedBytes: number) => Promise<IncomingFolder> {
  return async (owner, announcedBytes) => {
    const { arrived, end } = await arrivals(owner, announcedBytes)
    const name = requestFolder()
    try {
      const dir = await workFolders.create(name)
      const remove = async () => {
        end()
        await workFolders.remove(name)
      }
      return { dir, arrived, remove }
    } catch (error) {
      end()
      throw error
    }
  }
}
