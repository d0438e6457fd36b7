import { LRUCache } from 'lru-cache'
import type { Owner } from '../model.js'
import type { Pictures } from '../ports/pictures.js'

/** Pictures of 1080p have about 300 kB. */
const MAX_BYTES = 64 * 1024 ** 2

/** Pictures, each with the hash of all that it is made from; null: unknown. */
export interface KeptPictures {
  make(owner: Owner, work: Work, signal: AbortSignal): Promise<Buffer>
}

interface Work {
  readonly hash: string | null
  readonly pass: Parameters<Pictures['make']>[1]
}

/** Keeps the pictures that were asked for last: who moves back and forth in an edit asks for the same ones again. */
export function keepPictures(pictures: Pictures, maxBytes = MAX_BYTES): KeptPictures {
  const kept = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: ({ length }) => length + 1,
  })
  return {
    make: async (owner, { hash, pass }, signal) => {
      const known = hash === null ? undefined : kept.get(hash)
      if (known) return known
      const made = await pictures.make(owner, pass, signal)
      if (hash !== null) kept.set(hash, made)
      return made
    },
  }
}
