import { type AudioChoice, namesTrack } from '../../edit/fields/audio-choice.js'
import type { Findings } from '../context.js'
import type { AudioFacts, MediaFacts } from '../model/facts.js'
import { chosenTrack } from './audio-track.js'

/** The sound track of an edit. A choice of a track that the file does not have is a mistake. */
export function findAudio(
  { audio }: MediaFacts,
  choice: AudioChoice | null,
  findings: Findings,
): AudioFacts | null {
  const track = chosenTrack(audio, choice)
  if (!namesTrack(choice)) return track
  if (track?.cannotDecode) {
    findings.reject('/audio/track', `the sound of this track (${track.codec}) cannot be decoded`)
  }
  if (!track) {
    const field = choice?.track === undefined ? 'language' : 'track'
    const languages = audio.map(({ language }) => language ?? 'unknown').join(', ')
    findings.reject(
      `/audio/${field}`,
      audio.length === 0
        ? 'the video has no sound'
        : `the video's sound tracks are 0 to ${audio.length - 1}: ${languages}`,
    )
  }
  return track
}
