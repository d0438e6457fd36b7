import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import type { AudioFacts } from '../model/facts.js'
import { primaryLanguage } from '../model/languages.js'

/**
 * The track that an edit asks for; null: there is none. Without a choice it is, of those that can be decoded, the sound
 * of the picture's programme before that of others, and of the picture before a description or a commentary, then what is
 * no remnant, then the default one, then the first one.
 */
export function chosenTrack(tracks: readonly AudioFacts[], choice: AudioChoice | null): AudioFacts | null {
  if (choice?.track !== undefined) return tracks[choice.track] ?? null
  const { language } = choice ?? {}
  const wanted = language === undefined ? tracks : tracks.filter((track) => isLanguage(track, language))
  const audible = wanted.filter(({ cannotDecode }) => !cannotDecode)
  const ofProgram = audible.filter(({ isOfOtherProgram }) => !isOfOtherProgram)
  const own = ofProgram.length > 0 ? ofProgram : audible
  const main = own.filter(({ role }) => role === undefined)
  const [first = null] = withoutRemnants(main.length > 0 ? main : own)
  return withoutRemnants(main).find(({ isDefault }) => isDefault) ?? first
}

/** A track that is shorter than this share of the longest is what is left of one, whatever the file says of it. */
const REMNANT_SHARE = 0.5

function withoutRemnants(tracks: readonly AudioFacts[]): readonly AudioFacts[] {
  const longestSec = Math.max(0, ...tracks.map(({ durationSec }) => durationSec))
  return tracks.filter(({ durationSec }) => durationSec >= longestSec * REMNANT_SHARE)
}

/** Files tag languages by three letters (`eng`) or as BCP 47 does (`en-GB`). */
function isLanguage({ language }: AudioFacts, wanted: string): boolean {
  return language !== null && primaryLanguage(language) === primaryLanguage(wanted)
}
