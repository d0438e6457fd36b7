import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Attributes = ReadonlyMap<string, string>

export function unquoted(value: string | undefined): string | null {
  return /^"([^"]*)"$/.exec(value ?? '')?.[1] ?? null
}

export function when(isBroken: boolean, rule: string): string[] {
  return isBroken ? [rule] : []
}

/** What is wrong with the groups of a multivariant playlist: 4.4.6.1.1, and who refers to them. */
export function brokenGroups(media: readonly Attributes[], variants: readonly Attributes[]): string[] {
  const groups = new Map<string, Attributes[]>()
  for (const one of media) {
    const group = `${one.get('TYPE')} ${one.get('GROUP-ID')}`
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  const broken = [...groups].flatMap(([group, members]) => {
    const names = members.map((one) => one.get('NAME'))
    const automatic = members
      .filter((one) => one.get('AUTOSELECT') === 'YES')
      .map((one) => `${one.get('LANGUAGE')} ${one.get('FORCED') ?? 'NO'} ${one.get('CHARACTERISTICS')}`)
    const defaults = members.filter((one) => one.get('DEFAULT') === 'YES')
    return [
      ...when(new Set(names).size < names.length, `4.4.6.1.1: two of ${group} have the same NAME`),
      ...when(defaults.length > 1, `4.4.6.1.1: several of ${group} are the default`),
      ...when(
        new Set(automatic).size < automatic.length,
        `4.4.6.1.1: two of ${group} are selected automatically for the same viewers`,
      ),
      ...when(
        members.some((one) => one.has('FORCED') && one.get('TYPE') !== 'SUBTITLES'),
        `4.4.6.1: FORCED in ${group}`,
      ),
    ]
  })
  const referred = variants.flatMap((variant) =>
    (['AUDIO', 'SUBTITLES'] as const).flatMap((type) => {
      const group = variant.get(type)
      return when(
        group !== undefined && !groups.has(`${type} ${group}`),
        `4.4.6.2: no group ${type} ${group}`,
      )
    }),
  )
  const sets = new Set(variants.map((one) => `${one.get('SUBTITLES')}`))
  return [...broken, ...referred, ...when(sets.size > 1, '4.4.6.2.1: variants differ in their subtitles')]
}

/** What is wrong with the playlists of subtitles, each of WebVTT (3.1.4), and the bits per second of the largest. */
export async function readTexts(
  media: readonly Attributes[],
  folder: string,
): Promise<{ readonly broken: readonly string[]; readonly rate: number }> {
  const broken: string[] = []
  let rate = 0
  for (const one of media.filter((attributes) => attributes.get('TYPE') === 'SUBTITLES')) {
    const uri = unquoted(one.get('URI')) ?? ''
    const lines = (await readFile(join(folder, uri), 'utf8')).split('\n')
    const target = Number(lines.find((line) => line.startsWith('#EXT-X-TARGETDURATION:'))?.split(':')[1])
    const lengths = lines.flatMap((line) => /^#EXTINF:([\d.]+),$/.exec(line)?.[1] ?? []).map(Number)
    const names = lines.filter((line) => line !== '' && !line.startsWith('#'))
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    rate = Math.max(rate, (bytes * 8) / lengths.reduce((sum, sec) => sum + sec, 0))
    broken.push(
      ...when(lines[0] !== '#EXTM3U', `${uri}: 4.4.1.1`),
      ...when(lengths.length !== names.length || lengths.length === 0, `${uri}: 4.4.4.1`),
      ...when(!lengths.every((sec) => Math.round(sec) <= target), `${uri}: 4.4.3.1`),
      ...when(!lines.includes('#EXT-X-ENDLIST'), `${uri}: 6.2.1`),
      ...when(!lines.includes('#EXT-X-PLAYLIST-TYPE:VOD'), `${uri}: 6.2.4: a target duration of its own`),
      ...when(!texts.every((text) => text.startsWith('WEBVTT\n')), `${uri}: 3.1.4: no WebVTT`),
      ...when(!texts.every((text) => /^X-TIMESTAMP-MAP=/m.test(text)), `${uri}: 3.1.4: no X-TIMESTAMP-MAP`),
    )
  }
  return { broken, rate }
}
