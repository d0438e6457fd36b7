import type { StreamedSound } from '../model/additions.js'
import { primaryLanguage } from '../model/languages.js'
import { escapeXml } from './subtitle-renditions.js'

/** A track of sound of a stream as the master playlist names it. */
interface SoundRendition {
  readonly playlistName: string
  readonly channels: string | null
}

/** The tags of a group of sound. Tracks without names are one track. */
export function soundLines(tracks: readonly SoundRendition[], names: readonly StreamedSound[]): string[] {
  return tracks.map(({ playlistName, channels }, index) => {
    const name = names[index]
    const isDefault = name?.isDefault ?? true
    return [
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio"',
      `NAME="${name?.name ?? 'audio'}"`,
      ...(name?.language ? [`LANGUAGE="${name.language}"`] : []),
      `DEFAULT=${isDefault ? 'YES' : 'NO'}`,
      `AUTOSELECT=${!name || isAutomatic(name, names) ? 'YES' : 'NO'}`,
      `CHANNELS="${channels ?? 2}"`,
      `URI="${playlistName}"`,
    ].join(',')
  })
}

/** Players choose by language, so that of each only one can be chosen: the default one, or the first. */
function isAutomatic(one: StreamedSound, all: readonly StreamedSound[]): boolean {
  const languageOf = ({ language }: StreamedSound) => primaryLanguage(language ?? 'und')
  const alike = all.filter((other) => languageOf(other) === languageOf(one))
  return one === (alike.find(({ isDefault }) => isDefault) ?? alike[0])
}

/**
 * A DASH manifest whose adaptation sets of sound have their languages and names.
 * @param ids of the representations, in the order of the names
 */
export function nameSounds(
  manifest: string,
  ids: readonly string[],
  names: readonly StreamedSound[],
): string {
  return manifest.replace(
    /(<AdaptationSet)([^>]*>\s*)(?=<Representation id="([^"]*)")/g,
    (set: string, tag: string, rest: string, id: string) => {
      const name = names[ids.indexOf(id)]
      if (!name) return set
      const role = name.isDefault ? 'main' : 'alternate'
      const [attributes = '', indent = ''] = rest.replace(/\slang="[^"]*"/, '').split('>')
      return [
        `${tag}${name.language ? ` lang="${name.language}"` : ''}${attributes}>`,
        `<Label>${escapeXml(name.name)}</Label>`,
        `<Role schemeIdUri="urn:mpeg:dash:role:2011" value="${role}" />`,
        '',
      ].join(indent)
    },
  )
}
