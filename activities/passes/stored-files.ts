import type { Store } from '../../src/jobs/ports/repositories.js'
import type { PassWork } from '../../src/plan/model/plan.js'

interface StatDeps {
  readonly storage: Pick<Store, 'stat'>
}

/** Size of all inputs of a pass. A pass that only joins or cuts them writes no more than this. */
export async function inputBytes(
  { storage }: StatDeps,
  { inputs }: Pick<PassWork, 'inputs'>,
): Promise<number> {
  const found = await Promise.all(inputs.map(({ key }) => storage.stat(key)))
  return found.reduce((sum, stats) => sum + (stats?.sizeBytes ?? 0), 0)
}

/** Whether all of these files are there. */
export async function isStored({ storage }: StatDeps, keys: readonly string[]): Promise<boolean> {
  for (const key of keys) if (!(await storage.stat(key))) return false
  return true
}
