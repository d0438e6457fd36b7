import { processedPrefix } from '../keys.js'
import type { JobId } from '../model.js'
import type { Store } from '../ports/repositories.js'

/**
 * Removes files and folders among a job's outputs that no row refers to: they were stored, or linked from an earlier
 * job, and the job ended before they were recorded. For jobs that no process works on. Returns how many it removed.
 * @param recorded keys that rows refer to; for a folder, the key of any file in it
 */
export async function removeUnrecorded(
  storage: Store,
  id: JobId,
  recorded: readonly string[],
): Promise<number> {
  const unrecorded = await findUnrecorded(storage, id, recorded)
  for (const key of unrecorded) await storage.remove(key)
  return unrecorded.length
}

/** What `removeUnrecorded` would remove. */
export async function findUnrecorded(
  storage: Store,
  id: JobId,
  recorded: readonly string[],
): Promise<string[]> {
  const prefix = processedPrefix(id)
  const files = (await storage.list(prefix)).map((name) => `${prefix}${name}`)
  const folders = (await storage.listFolders(prefix, 'own')).map(({ name }) => `${prefix}${name}/`)
  return [
    ...files.filter((file) => !recorded.includes(file)),
    ...folders.filter((folder) => !recorded.some((key) => key.startsWith(folder))),
  ]
}
