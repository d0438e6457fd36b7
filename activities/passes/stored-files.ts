import type { Storage } from '../../src/jobs/ports/repositories.js'
import type { PassWork } from '../../src/plan/model/plan.js'

/** Of all that a pass reads: what only joins or cuts it up makes no more of it. */
export async function inputBytes(
  { storage }: { readonly storage: Pick<Storage, 'size'> },
  { inputs }: Pick<PassWork, 'inputs'>,
): Promise<number> {
  const sizes = await Promise.all(inputs.map(({ key }) => storage.size(key)))
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}

/** Whether all of these files are there. */
export async function isStored(
  { storage }: { readonly storage: Pick<Storage, 'size'> },
  keys: readonly string[],
): Promise<boolean> {
  for (const key of keys) if ((await storage.size(key)) === null) return false
  return true
}
