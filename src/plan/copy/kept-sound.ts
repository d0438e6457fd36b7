import type { Edit } from '../../edit/operation.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import { Findings } from '../context.js'
import { nodesLeadingTo } from '../graph/graph-builder.js'
import { canSeek, momentOf } from '../inputs/open-video.js'
import { sourceInput } from '../inputs/source-input.js'
import type { AudioFacts } from '../model/facts.js'
import type { CopiedSound, Pass } from '../model/plan.js'
import type { Source, Sources } from '../model/sources.js'
import { narrow } from '../open-trimmed.js'
import { traitsOf } from '../ops/operation-traits.js'
import type { CompiledRendition } from '../renditions/compile-rendition.js'
import { copiedSound } from './copied-sound.js'

/** Codecs of sound that every player of MP4 knows. */
const OUR_SOUNDS = ['aac', 'mp3']

/** Whether sound stays as it is coded in a file for which no rendition is named. */
export function isOurSound({ codec }: AudioFacts): boolean {
  return OUR_SOUNDS.includes(codec)
}

interface KeepingJob {
  readonly edit: Edit
  readonly sources: Pick<Sources, 'video'>
  readonly container: Container
}

/** The rendition with the sound of the source as it is coded there, if the edit leaves that as it is. */
export function withKeptSound<Compiled extends CompiledRendition>(
  compiled: Compiled,
  { edit, sources, container }: KeepingJob,
): Compiled {
  // Other containers cannot begin a track before its start.
  const isFormKept = !compiled.rendition.isAsked && CONTAINER_TRAITS[container].isIsoMedia
  const sound = isFormKept ? keptSound(edit, sources.video) : null
  return sound ? { ...compiled, pass: withCopiedSound(compiled.pass, sources.video, sound) } : compiled
}

/** The sound of the source for the frames that an edit keeps; null: it has to be encoded. */
function keptSound(edit: Edit, { facts }: Source): CopiedSound | null {
  const { video } = facts
  if (!video || video.jumps || !canSeek(facts)) return null
  if (!edit.operations.every((op) => traitsOf(op).keepsSound)) return null
  const { window, parts, done } = narrow(edit.operations, facts, video, new Findings())
  const isCutLater = edit.operations.slice(done).some(({ type }) => type === 'trim')
  if (parts || isCutLater) return null
  return copiedSound(edit, facts, {
    startSec: momentOf(facts, video, window.start),
    endSec: momentOf(facts, video, window.end),
    isFit: (track) => isOurSound(track) && !(edit.audio?.downmix && track.channels > 2),
  })
}

/** The sound becomes an input of its own, and nothing is left of the filters for it. */
function withCopiedSound(pass: Pass, source: Source, copied: CopiedSound): Pass {
  const [encode, ...others] = pass.encodes
  const { video, audio } = encode
  if (!video || !audio || audio.furtherPads) return pass
  return {
    ...pass,
    inputs: [...pass.inputs, { ...sourceInput(source), copied }],
    graph: nodesLeadingTo(pass.graph, [video.pad]),
    encodes: [{ ...encode, audio: { ...audio, copiedFrom: pass.inputs.length } }, ...others],
  }
}
