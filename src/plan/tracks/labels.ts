import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import { threeLetterLanguage } from '../model/languages.js'

/** What a file says of itself. */
export interface Labels {
  /** null: nothing. */
  readonly title: string | null
  readonly tracks: readonly TrackLabel[]
  readonly chapters: readonly Chapter[]
}

export interface TrackLabel {
  /** BCP 47; null: unknown. */
  readonly language: string | null
  readonly name: string | null
}

export interface Chapter {
  readonly startMs: number
  readonly endMs: number
  readonly title: string
}

/**
 * MOV has numbers for languages, of which ffmpeg knows those that QuickTime first had, by these names where they differ
 * from the usual ones. The others stay unknown there.
 */
const QUICKTIME: Readonly<Record<string, string>> = {
  bod: 'tib',
  deu: 'ger',
  ell: 'gre',
  hye: 'arm',
  isl: 'ice',
  kat: 'geo',
  mkd: 'mac',
  msa: 'may',
  mya: 'bur',
  nld: 'dut',
  sqi: 'alb',
  swe: 'sve',
  zho: 'chi',
}

function languageIn(container: Container, tag: string | null): string {
  const code = (tag && threeLetterLanguage(tag)) ?? 'und'
  return container === 'mov' ? (QUICKTIME[code] ?? code) : code
}

/** A file of ffmpeg's own format (https://ffmpeg.org/ffmpeg-formats.html#Metadata-2). */
export function writeLabels({ title, tracks, chapters }: Labels, container: Container): string {
  // MP4 and MOV name tracks by their handlers only.
  const nameField = CONTAINER_TRAITS[container].isIsoMedia ? 'handler_name' : 'title'
  return [
    ';FFMETADATA1',
    ...field('title', title),
    ...tracks.flatMap(({ language, name }) => [
      '[STREAM]',
      // Matroska takes a missing language for English.
      ...field('language', languageIn(container, language)),
      ...field(nameField, name),
    ]),
    ...chapters.flatMap((chapter) => [
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${chapter.startMs}`,
      `END=${chapter.endMs}`,
      ...field('title', chapter.title),
    ]),
    '',
  ].join('\n')
}

function field(name: string, value: string | null): string[] {
  return value === null ? [] : [`${name}=${value.replace(/[=;#\\\n]/g, String.raw`\$&`)}`]
}
