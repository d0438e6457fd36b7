import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { nodesLeadingTo } from '../graph/graph-builder.js'
import { soundPads } from '../model/encode.js'
import type { CodedSound, Pass } from '../model/plan.js'
import type { PartWorkers } from '../model/spreading.js'
import { type CompiledRendition, costOf } from '../renditions/compile-rendition.js'

export interface SoundParts {
  readonly passes: readonly Pass[]
  /** Storage keys of the sound, by the name of the output. */
  readonly keys: ReadonlyMap<string, string>
}

/**
 * Passes that encode the sound of all renditions, in one piece, once for each way in which it is coded.
 * @param label name of the pass; numbered if there are several
 */
export function compileSounds(
  renditions: readonly CompiledRendition[],
  { partPrefix, threadsPerSlot }: PartWorkers,
  label = 'encodeAudio',
): SoundParts {
  const byCoding = new Map<string, [CompiledRendition, ...CompiledRendition[]]>()
  for (const rendition of renditions) {
    const { audio } = rendition.pass.encodes[0]
    if (!audio) continue
    const key = JSON.stringify(isCopied(audio) ? 'copied' : audio.coding)
    const alike = byCoding.get(key)
    if (alike) alike.push(rendition)
    else byCoding.set(key, [rendition])
  }
  const keys = new Map<string, string>()
  const passes = [...byCoding.values()].flatMap((alike, index) => {
    const name = byCoding.size === 1 ? label : `${label}-${index + 1}`
    const [{ pass }] = alike
    const { audio, expected } = pass.encodes[0]
    if (!audio) return []
    const isKept = isCopied(audio)
    const container = isKept ? 'mp4' : AUDIO_CODEC_TRAITS[audio.coding.codec].partContainer
    const key = `${partPrefix}${name}.${container}`
    const outputNames = alike.map(({ output }) => output.name)
    for (const output of outputNames) keys.set(output, key)
    const inputs = isKept ? pass.inputs.slice(audio.copiedFrom, audio.copiedFrom + 1) : pass.inputs
    const heard = isKept ? { ...audio, copiedFrom: 0 } : audio
    const coded = { video: null, audio: heard, container, expected: { ...expected, picture: null } }
    const sound: Pass = {
      name,
      kind: 'encodeAudio',
      summary: `sound of ${outputNames.join(', ')}`,
      inputs,
      sideFiles: [],
      graph: nodesLeadingTo(pass.graph, soundPads(audio)),
      encodes: [{ ...coded, key, isPart: true }],
      outputNames,
      cost: costOf(coded),
      threads: threadsPerSlot,
    }
    return [sound]
  })
  return { passes, keys }
}

function isCopied(audio: CodedSound): audio is CodedSound & { readonly copiedFrom: number } {
  return audio.copiedFrom !== undefined
}
