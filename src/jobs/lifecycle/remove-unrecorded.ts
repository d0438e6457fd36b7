import { processedPrefix } from '../keys.js'
import type { JobId } from '../model.js'
import type { Store } from '../ports/repositories.js'

/**
 * Removes what lies among a job's outputs and no row names: it was put in its place, or linked from an earlier job, and
 * the job ended before it was recorded. For jobs that nobody works on. Returns how many files and folders went.
 * @param recorded keys that rows name; of a folder, any file in it
 */
export async function removeUnrecorded(
  storage: Store,
  id: JobId,
  recorded: readonly string[],
): Promise<number> {
  const prefix = processedPrefix(id)
  const files = (await storage.list(prefix)).map((name) => `${prefix}${name}`)
  const folders = (await storage.listFolders(prefix, 'own')).map(({ name }) => `${prefix}${name}/`)
  const unrecorded = [
    ...files.filter((file) => !recorded.includes(file)),
    ...folders.filter((folder) => !recorded.some((key) => key.startsWith(folder))),
  ]
  for (const key of unrecorded) await storage.remove(key)
  return unrecorded.length
}
