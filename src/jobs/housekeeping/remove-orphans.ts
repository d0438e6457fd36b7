import type { JobsDeps } from '../deps.js'
import { ASSET_FILES_ROOT, assetOfFilename, UPLOADS_ROOT, videoOfFilename } from '../keys.js'
import { sweepEach } from '../lifecycle/sweep-each.js'
import { isOrphan } from './judge-leftover.js'

type OrphanDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'health' | 'log'>

/** A folder of files that have a row each. */
interface Folder {
  readonly root: string
  /** Asks for the row of a file; null: the name is none of ours. */
  readonly rowOf: (name: string) => (() => Promise<object | null>) | null
}

/** Removes uploaded files, of videos and of assets, that have no row. Returns how many. */
export async function removeOrphans(deps: OrphanDeps, now: Date): Promise<number> {
  const { videos, assets } = deps.repositories
  const uploads = await removeOrphansOf(deps, now, {
    root: UPLOADS_ROOT,
    rowOf: (name) => {
      const id = videoOfFilename(name)
      return id && (() => videos.getById(id))
    },
  })
  const assetFiles = await removeOrphansOf(deps, now, {
    root: ASSET_FILES_ROOT,
    rowOf: (name) => {
      const id = assetOfFilename(name)
      return id && (async () => (await assets.listByIds([id]))[0] ?? null)
    },
  })
  return uploads + assetFiles
}

async function removeOrphansOf(deps: OrphanDeps, now: Date, { root, rowOf }: Folder): Promise<number> {
  const { storage } = deps
  const files = (await storage.listFiles(root)).flatMap(({ name, modifiedAt }) => {
    const findRow = rowOf(name)
    return findRow ? [{ name, modifiedAt, isKnown: async () => (await findRow()) !== null }] : []
  })
  const orphans = []
  const others = []
  for (const file of files) {
    if (isOrphan(file.modifiedAt, now) && !(await file.isKnown())) orphans.push(file)
    else others.push(file)
  }
  // A database that knows none of the files is not the one that they were uploaded to.
  if (orphans.length === 0 || !(await some(others, ({ isKnown }) => isKnown()))) return 0
  return sweepEach(deps, orphans, {
    work: async ({ name }) => {
      await storage.remove(`${root}${name}`)
      return true
    },
    idsOf: ({ name }) => ({ file: `${root}${name}` }),
    failure: 'an uploaded file without a row cannot be removed',
  })
}

async function some<Item>(items: readonly Item[], holds: (item: Item) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true
  return false
}
