import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalStorage } from '../../../src/storage/local-storage.js'
import { describeStore } from '../../storage/store-contract.js'
import { createMemoryStore } from './memory-store.js'

describeStore('a store in memory, with work folders on a disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'work-folders-'))
  const storage = createMemoryStore()
  const { workFolders } = createLocalStorage({ root })
  return {
    storage,
    workFolders,
    listAll: () => Promise.resolve(storage.keys()),
    discard: () => rm(root, { recursive: true }),
  }
})
