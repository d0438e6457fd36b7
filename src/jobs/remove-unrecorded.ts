import type { JobsDeps } from './deps.js'
import { processedPrefix } from './keys.js'
import type { Job } from './model.js'

/**
 * Removes what lies among a job's outputs and no row names: it was put in its place, or linked from an earlier job, and
 * the job ended before it was recorded. For jobs that nobody works on. Returns how many files and folders went.
 */
export async function removeUnrecorded(
  { repositories, storage }: Pick<JobsDeps, 'repositories' | 'storage'>,
  { id, videoId }: Pick<Job, 'id' | 'videoId'>,
): Promise<number> {
  const prefix = processedPrefix(id)
  const files = (await storage.list(prefix)).map((name) => `${prefix}${name}`)
  const folders = (await storage.listFolders(prefix, 'own')).map(({ name }) => `${prefix}${name}/`)
  if (files.length + folders.length === 0) return 0
  const outputs = (await repositories.outputs.list(id)).map(({ filePath }) => filePath)
  const poster = (await repositories.videos.getById(videoId))?.posterPath
  const recorded = poster == null ? outputs : [...outputs, poster]
  const unrecorded = [
    ...files.filter((file) => !recorded.includes(file)),
    ...folders.filter((folder) => !recorded.some((path) => path.startsWith(folder))),
  ]
  for (const key of unrecorded) await storage.remove(key)
  return unrecorded.length
}
