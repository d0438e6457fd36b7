import { createHash } from 'node:crypto'
import type { Assembly, Pass } from '../../plan/model/plan.js'

/** Counts up when the same pass would come out otherwise: outputs of older versions are not used again then. */
const VERSION = 1

/**
 * What a pass makes, in a word: its sources by what is in them, and all that is done to them. Two passes with the
 * same one make the same file. null: the contents of a source are not known.
 * @param hashes SHA-256 of the stored files, by key
 */
export function fingerprintPass(pass: Pass, hashes: ReadonlyMap<string, string>): string | null {
  const { inputs, sideFiles, fonts = [], graph, encodes } = pass
  const keys = [...inputs, ...fonts].map(({ key }) => key)
  if (!keys.every((key) => hashes.has(key))) return null
  const recipe = {
    version: VERSION,
    inputs: inputs.map(({ key, ...input }) => ({ ...input, contents: hashes.get(key) })),
    fonts: fonts.map(({ key, ...font }) => ({ ...font, contents: hashes.get(key) })),
    ...{ sideFiles, graph },
    encodes: encodes.map(({ video, audio, container, expected }) => ({ video, audio, container, expected })),
  }
  return hash(recipe)
}

/**
 * The same of an assembly.
 * @param contents of its inputs: hashes, and fingerprints of the passes that make them; null: not known
 */
export function fingerprintAssembly(
  { sideFiles, container, codec, hasSound, expected, copies }: Assembly,
  contents: readonly (string | null)[],
): string | null {
  if (contents.includes(null)) return null
  return hash({ version: VERSION, contents, sideFiles, container, codec, hasSound, expected, copies })
}

function hash(recipe: object): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex')
}
