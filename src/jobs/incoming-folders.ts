import { randomUUID } from 'node:crypto'
import type { JobsDeps } from './deps.js'
import { requireRoom } from './disk-budget.js'
import { INCOMING_PREFIX } from './keys.js'
import type { UseCases } from './use-cases.js'

/** Makes a folder for each incoming request, with room for all that those under way may still write. */
export function createIncomingFolders(
  deps: Pick<JobsDeps, 'storage' | 'minFreeDiskBytes'>,
): UseCases['createIncomingFolder'] {
  let promisedBytes = 0
  return async (maxBytes) => {
    // Promised before it is asked for, so that of many at once not all find the same room. What has arrived counts
    // twice until its request ends: that refuses too early rather than too late.
    promisedBytes += maxBytes
    const name = `${INCOMING_PREFIX}${randomUUID()}`
    try {
      await requireRoom(deps, promisedBytes)
      const dir = await deps.storage.workspace(name)
      return {
        dir,
        remove: async () => {
          promisedBytes -= maxBytes
          await deps.storage.removeWorkspace(name)
        },
      }
    } catch (error) {
      promisedBytes -= maxBytes
      throw error
    }
  }
}
