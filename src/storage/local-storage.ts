import { link, symlink } from 'node:fs/promises'
import { AppError, hasErrorCode, isDiskFull, translateErrors } from '../errors.js'
import type { Store } from '../jobs/ports/storage.js'
import type { WorkFolders } from '../jobs/ports/work-folders.js'
import { createLocalStore, type LinkCalls } from './local-store.js'
import { createWorkFolders } from './work-folders.js'

export interface LocalStorage {
  readonly storage: Store
  readonly workFolders: WorkFolders
}

export interface LocalStorageOptions {
  readonly root: string
  /** Tests stand in for a file system without links. */
  readonly calls?: LinkCalls
}

/**
 * A store in a folder of this machine, or of a file system that all machines of an installation mount. Its work
 * folders lie beside the stored files on the same file system, so that storing a file is a rename.
 */
export function createLocalStorage({ root, calls = { link, symlink } }: LocalStorageOptions): LocalStorage {
  return {
    storage: translateErrors(createLocalStore(root, calls), translateError),
    workFolders: translateErrors(createWorkFolders(root), translateError),
  }
}

/** What a caller outside src/storage may see of a failed access. */
export function translateError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isDiskFull(error)) return new AppError('disk-full', 'The storage is full', { cause: error })
  if (hasErrorCode(error, 'EXDEV')) {
    const message = 'The work folders have to be on the same file system as the stored files.'
    return new AppError('storage-unsuitable', message, { cause: error })
  }
  return new AppError('storage-unavailable', 'The storage cannot be used.', { cause: error })
}
