import type { Store } from '../../src/jobs/ports/storage.js'
import type { WorkFolders } from '../../src/jobs/ports/work-folders.js'

export interface StoreUnderTest {
  readonly storage: Store
  /** The folder where files are made before they are stored, and to which they are fetched. */
  readonly workFolders: WorkFolders
  /** Everything that the store holds, to check that nothing was left behind or changed. */
  readonly listAll: () => Promise<string[]>
  readonly discard: () => Promise<void>
}

export const HOSTILE_KEYS = [
  '',
  '/',
  '.',
  '..',
  '../secret',
  'uploads/../../secret',
  'uploads/..',
  'uploads/./a',
  'uploads//a',
  '/etc/passwd',
  'uploads\\..\\secret',
  'uploads/a\u0000.mp4',
  'uploads/a\nb',
  'uploads/\ud800',
  `uploads/${'a'.repeat(256)}`,
  'a/'.repeat(2000) + 'a',
]
