import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Attributes, brokenGroups, readTexts, unquoted, when } from './hls-groups.js'

/**
 * What is wrong with a stream by the MUSTs of RFC 8216 and its successor, draft-pantos-hls-rfc8216bis, as far as they
 * concern films on demand in fMP4. The numbers are those of the draft's sections.
 * @param master path of the multivariant playlist
 */
export async function brokenHlsRules(master: string): Promise<string[]> {
  const folder = dirname(master)
  const text = await readFile(master, 'utf8')
  const lines = text.split('\n')
  const streams = lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:')
      ? [{ attributes: attributesOf(line), uri: lines[index + 1] ?? '' }]
      : [],
  )
  const media = lines.filter((line) => line.startsWith('#EXT-X-MEDIA:')).map(attributesOf)
  const played = media.filter((one) => one.get('TYPE') !== 'SUBTITLES')
  const uris = [...streams.map(({ uri }) => uri), ...played.flatMap((one) => unquoted(one.get('URI')) ?? [])]
  const texts = await readTexts(media, folder)
  const playlists = new Map<string, MediaPlaylist>()
  for (const uri of uris) playlists.set(uri, await readMediaPlaylist(join(folder, uri)))
  const broken = [
    ...when(lines[0] !== '#EXTM3U', '4.4.1.1: EXTM3U is not the first line'),
    ...when(countOf(lines, '#EXT-X-VERSION:') !== 1, '4.4.1.2: not one EXT-X-VERSION'),
    ...when(streams.length === 0, '4.4.6: no variant stream'),
    ...when(
      lines.some((line) => /^#EXT(INF|-X-(TARGETDURATION|MAP|ENDLIST))/.test(line)),
      '4.4: tags of media segments in a multivariant playlist',
    ),
    ...media.flatMap(brokenRendition),
    ...brokenGroups(
      media,
      streams.map(({ attributes }) => attributes),
    ),
    ...texts.broken,
    ...streams.flatMap(({ attributes, uri }) => brokenVariant(attributes, uri, media)),
    ...[...playlists].flatMap(([uri, playlist]) => playlist.broken.map((rule) => `${uri}: ${rule}`)),
  ]
  const targets = new Set([...playlists.values()].map(({ target }) => target))
  broken.push(...when(targets.size > 1, `6.2.4: target durations differ: ${[...targets].join(', ')}`))
  const lengths = [...playlists.values()].map(({ seconds }) => seconds)
  const apart = Math.max(...lengths) - Math.min(...lengths)
  broken.push(...when(apart > Math.max(...targets), `6.2.4: renditions differ by ${apart} s`))
  for (const { attributes, uri } of streams) {
    const group = attributes.get('AUDIO')
    const sounds = media.filter((one) => group !== undefined && one.get('GROUP-ID') === group)
    const rateOf = (part: string, field: 'peak' | 'average') => playlists.get(part)?.[field] ?? NaN
    // A variant of sound alone is a rendition of its own group.
    const others = sounds.flatMap((one) => unquoted(one.get('URI')) ?? []).filter((one) => one !== uri)
    const isSound = sounds.some((one) => unquoted(one.get('URI')) === uri)
    const text = attributes.has('SUBTITLES') ? texts.rate : 0
    const sum = (field: 'peak' | 'average') => {
      const heard = Math.max(0, ...others.map((one) => rateOf(one, field)))
      return text + (isSound ? Math.max(rateOf(uri, field), heard) : rateOf(uri, field) + heard)
    }
    const [stated, average] = ['BANDWIDTH', 'AVERAGE-BANDWIDTH'].map((name) => Number(attributes.get(name)))
    broken.push(
      ...when(
        !isNear(stated, sum('peak')),
        `4.4.6.2: BANDWIDTH of ${uri} is ${stated} and not ${sum('peak')}`,
      ),
      ...when(
        !isNear(average, sum('average')),
        `4.4.6.2: AVERAGE-BANDWIDTH of ${uri} is ${average} and not ${sum('average')}`,
      ),
    )
  }
  const keyFrames = lines.filter((line) => line.startsWith('#EXT-X-I-FRAME-STREAM-INF:')).map(attributesOf)
  for (const attributes of keyFrames) broken.push(...(await brokenKeyFrames(attributes, folder)))
  return broken
}

/** A playlist of key frames, each a part of a segment. */
async function brokenKeyFrames(attributes: Attributes, folder: string): Promise<string[]> {
  const uri = unquoted(attributes.get('URI')) ?? ''
  const lines = (await readFile(join(folder, uri), 'utf8')).split('\n')
  const ranges = lines.flatMap((line, index) => {
    const [, length, offset] = /^#EXT-X-BYTERANGE:(\d+)@(\d+)$/.exec(line) ?? []
    return length === undefined
      ? []
      : [{ end: Number(length) + Number(offset), name: lines[index + 1] ?? '' }]
  })
  const sizes = await Promise.all(ranges.map(async ({ name }) => (await stat(join(folder, name))).size))
  return [
    ...when(!/^\d+$/.test(attributes.get('BANDWIDTH') ?? ''), `4.4.6.3: BANDWIDTH of ${uri}`),
    ...['FRAME-RATE', 'AUDIO', 'SUBTITLES'].flatMap((name) =>
      when(attributes.has(name), `4.4.6.3: ${name} of ${uri}`),
    ),
    ...when(!lines.includes('#EXT-X-I-FRAMES-ONLY'), `4.4.3.6: ${uri} has no EXT-X-I-FRAMES-ONLY`),
    ...when(countOf(lines, '#EXTINF:') !== ranges.length || ranges.length === 0, `4.4.4.2: ranges of ${uri}`),
    ...when(
      ranges.some(({ end }, index) => end > (sizes[index] ?? 0)),
      `4.4.4.2: a range of ${uri} is longer than its file`,
    ),
  ]
}

/** Both are rounded up. */
function isNear(stated: number | undefined, measured: number): boolean {
  return stated !== undefined && Math.abs(stated - measured) <= 2
}

/** An attribute list (4.2): names, and values that may be quoted. */
function attributesOf(line: string): Attributes {
  const list = line.slice(line.indexOf(':') + 1)
  const pairs = [...list.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)(?:,|$)/g)]
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]))
}

function brokenRendition(attributes: Attributes): string[] {
  const type = attributes.get('TYPE') ?? ''
  return [
    ...when(!['AUDIO', 'VIDEO', 'SUBTITLES'].includes(type), `4.4.6.1: TYPE=${type}`),
    ...['GROUP-ID', 'NAME'].flatMap((name) =>
      when(!unquoted(attributes.get(name)), `4.4.6.1: EXT-X-MEDIA without ${name}`),
    ),
    ...when(
      attributes.get('DEFAULT') === 'YES' && (attributes.get('AUTOSELECT') ?? 'YES') !== 'YES',
      '4.4.6.1: a default rendition that is not selected automatically',
    ),
    ...when(!/^"\d+/.test(attributes.get('CHANNELS') ?? '"2"'), '4.4.6.1: CHANNELS'),
  ]
}

/** Whole names of codecs: profile and level, as far as the codec has them. */
const CODEC =
  /^(avc1\.[0-9a-f]{6}|hvc1\.[A-C]?\d+\.[0-9A-F]+\.[LH]\d+(\.[0-9A-F]+)*|av01\.\d\.\d\d[MH]\.(08|10|12)(\..+)?|vp09(\.\d\d){3}(\.\d\d){0,5}|mp4a\.40\.\d+|Opus|fLaC)$/

function brokenVariant(attributes: Attributes, uri: string, media: readonly Attributes[]): string[] {
  const group = attributes.get('AUDIO')
  const codecs = unquoted(attributes.get('CODECS'))?.split(',') ?? []
  const range = attributes.get('VIDEO-RANGE')
  const rate = attributes.get('FRAME-RATE')
  const size = attributes.get('RESOLUTION')
  return [
    ...when(uri === '' || uri.startsWith('#'), '4.4.6.2: EXT-X-STREAM-INF without a URI after it'),
    ...when(!/^\d+$/.test(attributes.get('BANDWIDTH') ?? ''), `4.4.6.2: BANDWIDTH of ${uri}`),
    ...when(
      codecs.length === 0 || !codecs.every((codec) => CODEC.test(codec)),
      `4.4.6.2: CODECS of ${uri}: ${codecs.join()}`,
    ),
    ...when(size !== undefined && !/^\d+x\d+$/.test(size), `4.4.6.2: RESOLUTION of ${uri}: ${size}`),
    ...when(rate !== undefined && !/^\d+(\.\d{1,3})?$/.test(rate), `4.4.6.2: FRAME-RATE of ${uri}: ${rate}`),
    ...when(
      range !== undefined && !['SDR', 'HLG', 'PQ'].includes(range),
      `4.4.6.2: VIDEO-RANGE of ${uri}: ${range}`,
    ),
    ...when(
      group !== undefined &&
        !media.some((one) => one.get('GROUP-ID') === group && one.get('TYPE') === 'AUDIO'),
      `4.4.6.2: the group of sound of ${uri} does not exist`,
    ),
  ]
}

interface MediaPlaylist {
  readonly broken: readonly string[]
  readonly target: number
  readonly seconds: number
  /** Bits per second, by 4.4.6.2. */
  readonly peak: number
  readonly average: number
}

async function readMediaPlaylist(path: string): Promise<MediaPlaylist> {
  const lines = (await readFile(path, 'utf8')).split('\n')
  const target = Number(valueOf(lines, '#EXT-X-TARGETDURATION:'))
  const segments = await readSegments(lines, dirname(path))
  const map = attributesOf(valueOf(lines, '#EXT-X-MAP:') ?? '')
  const version = Number(valueOf(lines, '#EXT-X-VERSION:'))
  const first = lines.findIndex((line) => line.startsWith('#EXTINF:'))
  const isOrdered = ['#EXT-X-TARGETDURATION:', '#EXT-X-MAP:', '#EXT-X-MEDIA-SEQUENCE:'].every(
    (tag) => lines.findIndex((line) => line.startsWith(tag)) < first,
  )
  const isMapThere = await stat(join(dirname(path), unquoted(map.get('URI')) ?? '-')).then(
    () => true,
    () => false,
  )
  const uris = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return {
    target,
    seconds: segments.reduce((sum, { sec }) => sum + sec, 0),
    ...ratesOf(segments, target),
    broken: [
      ...when(lines[0] !== '#EXTM3U', '4.4.1.1: EXTM3U is not the first line'),
      ...when(version < 6, '8: EXT-X-MAP without EXT-X-I-FRAMES-ONLY needs version 6'),
      ...when(countOf(lines, '#EXT-X-TARGETDURATION:') !== 1, '4.4.3.1: not one EXT-X-TARGETDURATION'),
      ...when(!Number.isInteger(target) || target < 1, `4.4.3.1: a target duration of ${target}`),
      ...when(
        segments.some(({ sec }) => Math.round(sec) > target),
        `4.4.3.1: a segment is longer than ${target} s`,
      ),
      ...when(segments.length === 0 || segments.length !== uris.length, '4.4.4.1: EXTINF for each segment'),
      ...when(
        segments.some(({ sec, bytes }) => !(sec > 0) || !(bytes > 0)),
        '4.4.4.1: an empty segment',
      ),
      ...when(!isMapThere, '4.4.4.5: EXT-X-MAP without its file'),
      ...when(!isOrdered, '4.4.3: tags of the playlist after its first segment'),
      ...when(!lines.includes('#EXT-X-ENDLIST'), '6.2.1: a film on demand without EXT-X-ENDLIST'),
      ...when(!lines.includes('#EXT-X-PLAYLIST-TYPE:VOD'), '4.4.3.5: the type of the playlist'),
      ...when(
        lines.some((line) => line.startsWith('#EXT-X-STREAM-INF')),
        '4.4: variants in a media playlist',
      ),
    ],
  }
}

interface Segment {
  readonly sec: number
  readonly bytes: number
}

async function readSegments(lines: readonly string[], folder: string): Promise<Segment[]> {
  const found = lines.flatMap((line, index) => {
    const sec = /^#EXTINF:(\d+(?:\.\d+)?),/.exec(line)?.[1]
    return sec === undefined ? [] : [{ sec: Number(sec), name: lines[index + 1] ?? '' }]
  })
  return Promise.all(
    found.map(async ({ sec, name }) => ({ sec, bytes: (await stat(join(folder, name))).size })),
  )
}

/** The peak is that of any contiguous segments that last 0.5 to 1.5 target durations. */
function ratesOf(segments: readonly Segment[], target: number): { peak: number; average: number } {
  const rate = (some: readonly Segment[]) =>
    (some.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / some.reduce((sum, { sec }) => sum + sec, 0)
  const runs = segments.flatMap((_, start) =>
    segments.map((__, end) => segments.slice(start, end + 1)).slice(start),
  )
  const isCounted = (run: readonly Segment[]) => {
    const sec = run.reduce((sum, one) => sum + one.sec, 0)
    return sec >= target * 0.5 && sec <= target * 1.5
  }
  const average = rate(segments)
  return { average, peak: Math.max(average, ...runs.filter(isCounted).map(rate)) }
}

function valueOf(lines: readonly string[], tag: string): string | undefined {
  return lines.find((line) => line.startsWith(tag))?.slice(tag.length)
}

function countOf(lines: readonly string[], tag: string): number {
  return lines.filter((line) => line.startsWith(tag)).length
}
