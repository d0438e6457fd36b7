import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkFolders } from '../jobs/ports/work-folders.js'
import { makeFolders, removeTree } from './folders.js'
import { listFolders } from './list-entries.js'
import { openRoot, WORK, WORK_MODE } from './local-root.js'
import { parseKey } from './storage-key.js'

/** Work folders below `<root>/work`. */
export function createWorkFolders(root: string): WorkFolders {
  return {
    create: async (name) => makeFolders(await openRoot(root), [WORK, ...parseKey(name)], WORK_MODE),
    remove: async (name) => removeTree(await openRoot(root), [WORK, ...parseKey(name)]),
    list: async () => listFolders(join(await openRoot(root), WORK)),
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(await openRoot(root))
      return bavail * bsize
    },
  }
}
