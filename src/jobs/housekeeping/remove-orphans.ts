import type { JobsDeps } from '../deps.js'
import { uploadKey, UPLOADS_ROOT, videoOfFilename } from '../keys.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import type { VideoId } from '../model.js'
import { isOrphan } from './judge-leftover.js'

type OrphanDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'health' | 'log'>

/** Removes uploaded files that have no row. Returns how many. */
export async function removeOrphans(deps: OrphanDeps, now: Date): Promise<number> {
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
  return sweepEach(deps, orphans, {
    work: async ({ name }) => {
      await storage.remove(uploadKey(name))
      return true
    },
    idsOf: ({ name }) => ({ file: name }),
    failure: 'an uploaded file without a row cannot be removed',
  })
}

async function some<Item>(items: readonly Item[], holds: (item: Item) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true
  return false
}
