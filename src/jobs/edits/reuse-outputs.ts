import type { Plan, PlannedOutput } from '../../plan/model/plan.js'
import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'
import { fingerprintAssembly, fingerprintPass, type Hashes } from './fingerprint.js'

/**
 * Fingerprints of a plan's outputs, by name. The plan must not be cut into chunks: each output is one pass, or is
 * copied from its source and joined with what a few passes have made.
 */
export function fingerprintOutputs(
  { measurements, passes, assemblies, outputs }: Plan,
  hashes: Hashes,
): ReadonlyMap<string, string> {
  const printOf = (key: string): string | null => {
    const pass = passes.find(({ encodes }) => encodes.some((encode) => encode.key === key))
    if (pass) return fingerprintPass(pass, measurements, hashes)
    const assembly = assemblies.find((joined) => joined.key === key)
    if (!assembly) return hashes.get(key) ?? null
    return fingerprintAssembly(
      assembly,
      assembly.inputs.map((input) => printOf(input.key)),
    )
  }
  const prints = outputs.map(({ name, key }) => [name, printOf(key)] as const)
  return new Map(prints.flatMap(([name, print]) => (print === null ? [] : [[name, print]])))
}

/**
 * Copies outputs that an earlier job has made from the same sources in the same way. An output whose file is gone is
 * made again.
 * @returns names of the copied outputs
 */
export async function reuseOutputs(
  { repositories, storage }: Pick<JobsDeps, 'repositories' | 'storage'>,
  owner: Owner,
  outputs: readonly PlannedOutput[],
  fingerprints: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const stored = await repositories.outputs.findStored(owner, [...fingerprints.values()])
  const reused = new Set<string>()
  for (const { name, key } of outputs) {
    const from = stored.get(fingerprints.get(name) ?? '')
    if (from !== undefined && (await storage.copyFile(from, key))) reused.add(name)
  }
  return reused
}
