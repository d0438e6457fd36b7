import type { Storage } from '../../src/jobs/ports/repositories.js'

export interface StorageUnderTest {
  readonly storage: Storage
  /** Everything that the store holds, for tests that nothing was left behind or changed. */
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
  'work',
  'work/job-1/part.mp4',
]
