import type { Edit } from '../../edit/operation.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import { chosenTrack } from '../inputs/audio-track.js'
import type { MediaFacts, VideoFacts } from '../model/facts.js'
import type { Sources } from '../model/sources.js'
import { traitsOf } from '../ops/operation-traits.js'

/**
 * The sources of an edit without the picture of its video, if only the sound is wanted: it then has its own length, and
 * no warning is of the picture. The picture stays where an operation needs it, and beside a shorter sound where an
 * operation may reach beyond that.
 */
export function heardAlone(edit: Edit, sources: Sources, container: Container): Sources {
  const { facts } = sources.video
  const isSound = CONTAINER_TRAITS[container].holds === 'audio'
  if (!isSound || !facts.video || edit.operations.some((op) => traitsOf(op).needsPicture)) return sources
  const mayReachOn = edit.operations.some(({ type }) => type === 'trim' || type === 'replace_audio')
  if (mayReachOn && !isSoundWhole(edit, facts, facts.video)) return sources
  return { ...sources, video: { ...sources.video, facts: { ...facts, video: null } } }
}

/** Whether the sound lasts at least as long as the picture. */
function isSoundWhole({ audio: choice }: Edit, { audio }: MediaFacts, video: VideoFacts): boolean {
  const track = chosenTrack(audio, choice ?? null)
  return track !== null && track.startSec + track.durationSec >= video.startSec + video.durationSec
}
