import type { Storage } from '../src/jobs/ports.js'
import type { PassWork } from '../src/plan/plan.js'

/** Of all that a pass reads: what only joins or cuts it up makes no more of it. */
export async function inputBytes(
  { storage }: { readonly storage: Pick<Storage, 'size'> },
  { inputs }: Pick<PassWork, 'inputs'>,
): Promise<number> {
  const sizes = await Promise.all(inputs.map(({ key }) => storage.size(key)))
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}
