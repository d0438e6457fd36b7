import type { JobsDeps } from './deps.js'
import { requireRoom } from './disk-budget.js'
import { requestFolder } from './keys.js'
import type { UseCases } from './use-cases.js'

/**
 * Makes a work folder for each incoming request, if there is room for all that the requests under way may still
 * write.
 */
export function createIncomingFolders(
  deps: Pick<JobsDeps, 'workFolders' | 'minFreeDiskBytes'>,
): UseCases['createIncomingFolder'] {
  let promisedBytes = 0
  return async (maxBytes) => {
    // Promised before the room is looked at, or many requests at once would all find the same room. Bytes that have
    // arrived count twice until their request ends: that refuses too early rather than too late.
    promisedBytes += maxBytes
    const name = requestFolder()
    try {
      await requireRoom(deps, promisedBytes)
      const dir = await deps.workFolders.create(name)
      return {
        dir,
        remove: async () => {
          promisedBytes -= maxBytes
          await deps.workFolders.remove(name)
        },
      }
    } catch (error) {
      promisedBytes -= maxBytes
      throw error
    }
  }
}
