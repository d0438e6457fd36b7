import { namesTrack } from '../../edit/fields/audio-choice.js'
import type { Edit } from '../../edit/operation.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { type Container, FILM_CONTAINERS } from '../../edit/output/formats.js'
import type { AudioTrackRequest, Tracks } from '../../edit/output/tracks.js'
import type { Findings } from '../context.js'
import { chosenTrack } from '../inputs/audio-track.js'
import type { AudioFacts, MediaFacts } from '../model/facts.js'
import { languageTag, ownName } from '../model/languages.js'
import { distinctNames, type Nameable } from './distinct-names.js'

/** A track of sound that an output has. */
export interface SoundTrack {
  /** Number among the sound tracks of the video. */
  readonly track: number
  /** null: unknown. */
  readonly language: string | null
  readonly name: string
  readonly isDefault: boolean
}

interface Asked {
  readonly edit: Edit
  readonly facts: MediaFacts
  readonly container: Container
  readonly findings: Findings
}

/** The sound tracks that an output asks for; none: it has that of the edit alone. Mistakes are noted. */
export function chooseSounds(request: Tracks['audio_tracks'], asked: Asked): readonly SoundTrack[] {
  const { facts, findings } = asked
  if (request === 'all' ? facts.audio.length === 0 : request.length === 0) return []
  const obstacle = obstacleTo(asked)
  if (obstacle !== null) {
    findings.reject('/output/audio_tracks', obstacle)
    return []
  }
  const found =
    request === 'all'
      ? facts.audio.flatMap((audio, track) =>
          audio.cannotDecode ? [] : [describe(audio, track, null, null)],
        )
      : request.flatMap((one, index) => findTrack(one, `/output/audio_tracks/${index}`, asked))
  const named = distinctNames(found, findings)
  const isChosen = named.some(({ isDefault }) => isDefault)
  return named.map((one, index) => ({ ...one, isDefault: isChosen ? one.isDefault : index === 0 }))
}

function obstacleTo({ edit, facts, container }: Asked): string | null {
  if (CONTAINER_TRAITS[container].holds !== 'video') {
    return `${container} holds no several sound tracks; these do: ${FILM_CONTAINERS.join(', ')}`
  }
  if (namesTrack(edit.audio ?? null)) {
    return 'the edit chooses one track with "audio": leave "track" and "language" out there, or "audio_tracks" here'
  }
  if (facts.audio.length === 0) return 'the video has no sound'
  const replaced = edit.operations.findIndex((op) => op.type === 'replace_audio' && op.mode === 'replace')
  return replaced < 0
    ? null
    : `/operations/${replaced} replaces the sound, so that all tracks would be the same: leave "audio_tracks" out, or choose its "mode" mix`
}

function findTrack(request: AudioTrackRequest, pointer: string, { facts, findings }: Asked): NamedSound[] {
  const { track: number, language } = request
  const field = number === null ? 'language' : 'track'
  const choice = number === null ? { language: language ?? '' } : { track: number }
  const audio = chosenTrack(facts.audio, choice)
  if (!audio) {
    const languages = facts.audio.map((one) => one.language ?? 'unknown').join(', ')
    findings.reject(
      `${pointer}/${field}`,
      `the video's sound tracks are 0 to ${facts.audio.length - 1}: ${languages}`,
    )
    return []
  }
  if (audio.cannotDecode) {
    findings.reject(`${pointer}/${field}`, `the sound of this track (${audio.codec}) cannot be decoded`)
    return []
  }
  return [describe(audio, facts.audio.indexOf(audio), request, pointer)]
}

type NamedSound = SoundTrack & Nameable

function describe(
  audio: AudioFacts,
  track: number,
  request: AudioTrackRequest | null,
  pointer: string | null,
): NamedSound {
  const language = languageTag(request?.language ?? audio.language)
  const usual = language === null ? `Track ${track + 1}` : ownName(language)
  const role = audio.role === undefined ? '' : ` (${audio.role})`
  return {
    track,
    language,
    name: request?.name ?? `${usual}${role}`,
    isNamed: Boolean(request?.name),
    isDefault: request?.default ?? audio.isDefault,
    pointer,
  }
}
