import type { StreamedSubtitles } from '../model/additions.js'
import { primaryLanguage } from '../model/languages.js'

/** A track of subtitles of a stream, with its size. */
export interface SubtitleRendition extends StreamedSubtitles {
  readonly sizeBytes: number
}

/** Bits per second. Players load the whole file at once, and then nothing more. */
export function subtitleRate({ sizeBytes }: SubtitleRendition, durationSec: number): number {
  return durationSec > 0 ? (sizeBytes * 8) / durationSec : 0
}

/** Name of the playlist of a file. */
function playlistOf({ file }: StreamedSubtitles): string {
  return file.replace(/\.vtt$/, '.m3u8')
}

/** Playlists of one segment each: a file of text is small, and a cue on a border would be in two segments. */
export function subtitlePlaylists(
  tracks: readonly StreamedSubtitles[],
  durationSec: number,
): { readonly name: string; readonly contents: string }[] {
  return tracks.map((track) => ({
    name: playlistOf(track),
    contents: [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      // Subtitles may have a target duration of their own (draft-pantos-hls-rfc8216bis, 6.2.4).
      `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(durationSec))}`,
      '#EXT-X-MEDIA-SEQUENCE:1',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      `#EXTINF:${durationSec.toFixed(6)},`,
      track.file,
      '#EXT-X-ENDLIST',
      '',
    ].join('\n'),
  }))
}

/** The tags of a group (RFC 8216, 4.3.4.1). */
export function subtitleLines(tracks: readonly StreamedSubtitles[]): string[] {
  return tracks.map((track) => {
    const { name, language, isDefault, isForced } = track
    return [
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles"',
      `NAME="${name}"`,
      ...(language === null ? [] : [`LANGUAGE="${language}"`]),
      `DEFAULT=${yesOrNo(isDefault)}`,
      `AUTOSELECT=${yesOrNo(isAutomatic(track, tracks))}`,
      `FORCED=${yesOrNo(isForced)}`,
      `URI="${playlistOf(track)}"`,
    ].join(',')
  })
}

/**
 * Players choose by language and by whether a track is forced, so that of each kind only one can be chosen: the default
 * one, or the first.
 */
function isAutomatic(track: StreamedSubtitles, tracks: readonly StreamedSubtitles[]): boolean {
  const alike = tracks.filter(
    ({ language, isForced }) =>
      isForced === track.isForced &&
      primaryLanguage(language ?? 'und') === primaryLanguage(track.language ?? 'und'),
  )
  return track === (alike.find(({ isDefault }) => isDefault) ?? alike[0])
}

function yesOrNo(value: boolean): 'YES' | 'NO' {
  return value ? 'YES' : 'NO'
}

/**
 * Adaptation sets of whole files (DASH-IF IOP, 6.4.2).
 * @param first number of the first of these sets
 */
export function subtitleSets(
  tracks: readonly SubtitleRendition[],
  durationSec: number,
  first: number,
): string[] {
  return tracks.flatMap((track, index) => {
    const { file, language, name, isDefault, isForced } = track
    const lang = language === null ? '' : ` lang="${language}"`
    const roles = [...(isDefault ? ['main'] : []), isForced ? 'forced-subtitle' : 'subtitle']
    const bandwidth = Math.max(1, Math.ceil(subtitleRate(track, durationSec)))
    return [
      `\t\t<AdaptationSet id="${first + index}" contentType="text" mimeType="text/vtt"${lang}>`,
      `\t\t\t<Label>${escapeXml(name)}</Label>`,
      ...roles.map((role) => `\t\t\t<Role schemeIdUri="urn:mpeg:dash:role:2011" value="${role}" />`),
      `\t\t\t<Representation id="${file.replace(/\.vtt$/, '')}" bandwidth="${bandwidth}">`,
      `\t\t\t\t<BaseURL>${file}</BaseURL>`,
      '\t\t\t</Representation>',
      '\t\t</AdaptationSet>',
    ]
  })
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
