import type { Edit } from '../../edit/operation.js'
import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import type { Container } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { chosenTrack } from '../inputs/audio-track.js'
import { arePlacesKnown } from '../inputs/mix-channels.js'
import type { SoundLayout } from '../model/encode.js'
import type { MediaFacts } from '../model/facts.js'
import { audioCodecOf } from './coding.js'

/** Fewer channels in the places of 5.1 would leave so many silent that players which mix them down make it quiet. */
const LEAST_SURROUND = 5

/**
 * The layout in which the sound of a rendition is edited. More than two channels stay where the client asks for them, or
 * names no rendition, and the codec has so many.
 */
export function soundLayout(
  { audio: choice = null }: Edit,
  rendition: Rendition,
  container: Container,
  { audio }: MediaFacts,
): SoundLayout {
  const codec = audioCodecOf(rendition, container)
  const asked = rendition.audio_channels ?? (rendition.isAsked || choice?.downmix ? 2 : 6)
  const most = codec ? Math.min(asked, AUDIO_CODEC_TRAITS[codec].maxChannels) : 2
  const track = chosenTrack(audio, choice)
  const isSurround =
    track !== null && !track.forms && track.channels >= LEAST_SURROUND && arePlacesKnown(track)
  return most === 6 && isSurround ? '5.1' : 'stereo'
}
