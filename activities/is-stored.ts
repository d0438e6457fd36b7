import type { Storage } from '../src/jobs/ports.js'

/** Whether all of these files are there. */
export async function isStored(
  { storage }: { readonly storage: Pick<Storage, 'size'> },
  keys: readonly string[],
): Promise<boolean> {
  for (const key of keys) if ((await storage.size(key)) === null) return false
  return true
}
