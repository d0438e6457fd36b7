import { formatNumber } from '../graph/format-number.js'

/** A file in a folder of segments. */
export interface SegmentFile {
  readonly name: string
  readonly sizeBytes: number
  /** null: it is neither a manifest nor a playlist. */
  readonly text: string | null
}

interface Playlist {
  readonly name: string
  readonly contents: string
}

/** A track as ffmpeg's DASH manifest describes it. */
interface Track {
  readonly id: string
  readonly codecs: string
  readonly frameRate: string | null
  readonly size: string | null
  readonly channels: string | null
}

/**
 * The HLS playlists (RFC 8216) of a folder that ffmpeg's DASH muxer has made. The master playlist has codecs,
 * sizes, frame rates, and peak and average bit rates measured from the segments: the largest rendition first,
 * the sound as a group. The tracks' own playlists lose the wall clock times that ffmpeg gives them.
 */
export function writePlaylists(files: readonly SegmentFile[]): Playlist[] {
  const sizes = new Map(files.map(({ name, sizeBytes }) => [name, sizeBytes]))
  const manifest = files.find(({ name }) => name === 'manifest.mpd')?.text ?? ''
  const tracks = readTracks(manifest).map((track) => {
    const name = `media_${track.id}.m3u8`
    const text = files.find((file) => file.name === name)?.text ?? ''
    return { ...track, name, text, rate: measureRate(text, sizes) }
  })
  const sound = tracks.find(({ size }) => size === null)
  const variants = tracks.filter(({ size }) => size !== null)
  const master = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(sound ? [soundLine(sound)] : []),
    ...variants.flatMap((track) => [variantLine(track, sound ?? null), track.name]),
    '',
  ]
  return [
    { name: 'master.m3u8', contents: master.join('\n') },
    ...tracks.map(({ name, text }) => ({ name, contents: cleanPlaylist(text) })),
  ]
}

interface Rate {
  /** Bits a second: of the segment with most of them, and of all segments together. */
  readonly peak: number
  readonly average: number
}

function soundLine({ name, channels }: Track & { name: string }): string {
  return (
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,' +
    `CHANNELS="${channels ?? 2}",URI="${name}"`
  )
}

function variantLine(track: Track & { rate: Rate }, sound: (Track & { rate: Rate }) | null): string {
  const peak = track.rate.peak + (sound?.rate.peak ?? 0)
  const average = track.rate.average + (sound?.rate.average ?? 0)
  const codecs = [track.codecs, ...(sound ? [sound.codecs] : [])].join(',')
  return [
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(peak)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(average)}`,
    `CODECS="${codecs}"`,
    `RESOLUTION=${track.size}`,
    ...(track.frameRate ? [`FRAME-RATE=${decimalRate(track.frameRate)}`] : []),
    ...(sound ? ['AUDIO="audio"'] : []),
  ].join(',')
}

/** A fraction as a decimal: `29.97` for `30000/1001`. */
function decimalRate(rate: string): string {
  const [num = 0, den = 1] = rate.split('/').map(Number)
  return formatNumber(Math.round((num / den) * 1000) / 1000)
}

function readTracks(manifest: string): Track[] {
  const sets = manifest.split('<AdaptationSet').slice(1)
  return sets.flatMap((set) =>
    set
      .split('<Representation')
      .slice(1)
      .map((text) => {
        const [width, height] = [attribute(text, 'width'), attribute(text, 'height')]
        return {
          id: attribute(text, 'id') ?? '',
          codecs: attribute(text, 'codecs') ?? '',
          frameRate: attribute(text, 'frameRate') ?? attribute(set, 'frameRate'),
          size: width && height ? `${width}x${height}` : null,
          channels: /audio_channel_configuration:2011" value="(\d+)"/.exec(text)?.[1] ?? null,
        }
      }),
  )
}

/** The first attribute of that name in a piece of the manifest. */
function attribute(text: string, name: string): string | null {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? null
}

/** Measures bit rates from the lengths of segments, which the playlist states, and the sizes of their files. */
function measureRate(playlist: string, sizes: ReadonlyMap<string, number>): Rate {
  const segments = [...playlist.matchAll(/#EXTINF:([\d.]+),[^]*?\n([^#\n]+)\n/g)].map(
    ([, duration, name]) => ({ sec: Number(duration), bits: (sizes.get(name ?? '') ?? 0) * 8 }),
  )
  const totalSec = segments.reduce((sum, { sec }) => sum + sec, 0)
  const totalBits = segments.reduce((sum, { bits }) => sum + bits, 0)
  return {
    // The last segment can be too short for its rate to mean anything.
    peak: Math.max(
      0,
      ...segments.filter(({ sec }) => sec >= 0.5 || segments.length === 1).map(({ bits, sec }) => bits / sec),
    ),
    average: totalSec > 0 ? totalBits / totalSec : 0,
  }
}

function cleanPlaylist(text: string): string {
  return text
    .replace(/#EXT-X-PROGRAM-DATE-TIME:[^\n]*\n/g, '')
    .replace(/#EXT-X-VERSION:\d+\n/, '#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n')
}
