import type { SubtitleFormat } from '../model/sources.js'
import { arrowTiming, commaTiming } from './formats/timing.js'
import { bareLine, isBlank } from './split-lines.js'

/** What a text is: a format that is read, or the name of one that is not. null: neither. */
export type SeenFormat = { readonly format: SubtitleFormat } | { readonly unread: string } | null

/** Lines with text in which a file shows what it is, and characters of each. */
const LOOKED_AT = 200
const LINE_LENGTH = 300

/** Formats that are told by the first line with text. */
const BY_FIRST_LINE: readonly (readonly [RegExp, SeenFormat])[] = [
  [/^WEBVTT(?:\s|$)/, { format: 'vtt' }],
  [/^Scenarist_SCC/i, { unread: 'a Scenarist file (SCC)' }],
  [/^# VobSub index file/i, { unread: 'the index of a VobSub file, which has pictures and no text' }],
  [/^\{\\rtf/, { unread: 'an RTF document (save it as plain text)' }],
  [/^(?:\{\s{0,9}"|\[\s{0,9}\{)/, { unread: 'a JSON file' }],
  [/^#EXTM3U/, { unread: 'a playlist' }],
]

/** Formats that are told by any of the first lines: before it there may be titles, comments and declarations. */
const BY_ANY_LINE: readonly (readonly [(line: string) => boolean, SeenFormat])[] = [
  [(line) => arrowTiming(line) !== null, { format: 'srt' }],
  [(line) => commaTiming(line) !== null, { format: 'sbv' }],
  [(line) => /^\[(?:script info|v4\+? styles\+?|events)\]$/i.test(line), { format: 'ass' }],
  [(line) => /<(?:\w{1,20}:)?tt[\s>]/.test(line) || /<(?:\w{1,20}:)?tt$/.test(line), { format: 'ttml' }],
  [(line) => /^\{\d{1,9}\}\s?\{\d{0,9}\}/.test(line), { format: 'microdvd' }],
  [(line) => /^\[\d{1,9}\]\s?\[\d{0,9}\]/.test(line), { format: 'mpl2' }],
  [(line) => /<sami[\s>]/i.test(line), { unread: 'a SAMI file' }],
  [
    (line) => /<(?:transcript|timedtext)[\s>]/i.test(line),
    { unread: "YouTube's own XML (download SBV, SRT or WebVTT there)" },
  ],
  [(line) => /<(?:!doctype )?html[\s>]/i.test(line), { unread: 'a web page' }],
  [(line) => /^\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]/.test(line), { unread: 'a file of lyrics (LRC)' }],
  [(line) => /^(?:\d{2}:){3}\d{2}\s?,\s?(?:\d{2}:){3}\d{2}/.test(line), { unread: 'a Spruce file (STL)' }],
]

/** Finds out from the text what a file of subtitles is, whatever its name says. */
export function detectFormat(lines: readonly string[]): SeenFormat {
  const shown: string[] = []
  for (const line of lines) {
    if (!isBlank(line)) shown.push(bareLine(line.slice(0, LINE_LENGTH)))
    if (shown.length >= LOOKED_AT) break
  }
  const first = BY_FIRST_LINE.find(([pattern]) => pattern.test(shown[0] ?? ''))
  if (first) return first[1]
  for (const line of shown) {
    const found = BY_ANY_LINE.find(([isOf]) => isOf(line))
    if (found) return found[1]
  }
  return null
}
