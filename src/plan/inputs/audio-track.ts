import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import type { AudioFacts } from '../model/facts.js'

/**
 * The track that an edit asks for; null: there is none. Without a choice it is, of those that can be decoded, the sound
 * of the picture before a description or a commentary, then the default one, then the first one.
 */
export function chosenTrack(tracks: readonly AudioFacts[], choice: AudioChoice | null): AudioFacts | null {
  if (choice?.track !== undefined) return tracks[choice.track] ?? null
  const { language } = choice ?? {}
  const wanted = language === undefined ? tracks : tracks.filter((track) => isLanguage(track, language))
  const audible = wanted.filter(({ cannotDecode }) => !cannotDecode)
  const main = audible.filter(({ role }) => role === undefined)
  const [first = null] = main.length > 0 ? main : audible
  return main.find(({ isDefault }) => isDefault) ?? first
}

/** Files tag languages by three letters (`eng`) or as BCP 47 does (`en-GB`). */
function isLanguage({ language }: AudioFacts, wanted: string): boolean {
  return language !== null && primary(language) === primary(wanted)
}

function primary(tag: string): string {
  const [main = ''] = tag.toLowerCase().split('-', 1)
  return THREE_LETTERS[main] ?? main
}

/** ISO 639-2 codes (bibliographic and terminological) of common languages that have a two-letter code. */
const THREE_LETTERS: Readonly<Record<string, string>> = {
  ara: 'ar',
  ben: 'bn',
  chi: 'zh',
  zho: 'zh',
  dan: 'da',
  dut: 'nl',
  nld: 'nl',
  eng: 'en',
  fin: 'fi',
  fra: 'fr',
  fre: 'fr',
  ger: 'de',
  deu: 'de',
  gre: 'el',
  ell: 'el',
  guj: 'gu',
  heb: 'he',
  hin: 'hi',
  hun: 'hu',
  ind: 'id',
  ita: 'it',
  jpn: 'ja',
  kan: 'kn',
  kor: 'ko',
  mal: 'ml',
  mar: 'mr',
  nor: 'no',
  pan: 'pa',
  per: 'fa',
  fas: 'fa',
  pol: 'pl',
  por: 'pt',
  rum: 'ro',
  ron: 'ro',
  rus: 'ru',
  spa: 'es',
  swe: 'sv',
  tam: 'ta',
  tel: 'te',
  tha: 'th',
  tur: 'tr',
  ukr: 'uk',
  urd: 'ur',
  vie: 'vi',
  cze: 'cs',
  ces: 'cs',
}
