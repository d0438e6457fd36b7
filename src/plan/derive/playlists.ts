import { formatNumber } from '../graph/format-number.js'
import { completeManifest, type ManifestTrack, readTracks } from './dash-manifest.js'
import {
  longestSec,
  measureRate,
  type MediaPlaylist,
  type Rate,
  readPlaylist,
  targetSec,
  writePlaylist,
} from './media-playlist.js'
import { HLG_TRANSFER, PQ_TRANSFER, type TrackHeader } from './track-header.js'

/** A file in a folder of segments. */
export interface SegmentFile {
  readonly name: string
  readonly sizeBytes: number
  /** null: it is neither a manifest nor a playlist. */
  readonly text: string | null
}

interface Manifest {
  readonly name: string
  readonly contents: string
}

/** All that is known of a track. */
interface Track extends ManifestTrack, TrackHeader {
  readonly playlistName: string
  readonly playlist: MediaPlaylist
  readonly rate: Rate
}

const DASH_MANIFEST = 'manifest.mpd'

/**
 * The manifests of a folder that ffmpeg's DASH muxer has made: the HLS playlists (RFC 8216) are written anew, the DASH
 * manifest is completed.
 * @param headerOf what an initialisation segment says
 */
export function writeManifests(
  files: readonly SegmentFile[],
  headerOf: (initName: string) => TrackHeader,
): Manifest[] {
  const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? ''
  const manifest = textOf(DASH_MANIFEST)
  const found = readTracks(manifest).map((track) => {
    const playlistName = `media_${track.id}.m3u8`
    return { ...track, playlistName, playlist: readPlaylist(textOf(playlistName)) }
  })
  const playlists = found.map(({ playlist }) => playlist)
  const target = targetSec(playlists)
  const sizes = new Map(files.map(({ name, sizeBytes }) => [name, sizeBytes]))
  const tracks = found.map((track): Track => ({
    ...track,
    ...headerOf(track.playlist.init),
    rate: measureRate(track.playlist, sizes, target),
  }))
  const facts = tracks.map(({ id, codecs, colour, rate }) => ({ id, codecs, colour, peak: rate.peak }))
  return [
    { name: 'master.m3u8', contents: masterPlaylist(tracks) },
    ...tracks.map(({ playlistName: name, playlist }) => ({
      name,
      contents: writePlaylist(playlist, target),
    })),
    {
      name: DASH_MANIFEST,
      contents: completeManifest(manifest, facts, Math.max(0, ...playlists.map(longestSec))),
    },
  ]
}

/** The largest rendition first, the sound as a group. */
function masterPlaylist(tracks: readonly Track[]): string {
  const sound = tracks.find(({ size }) => size === null) ?? null
  const variants = tracks.filter(({ size }) => size !== null)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(sound ? [soundLine(sound)] : []),
    ...variants.flatMap((track) => [variantLine(track, sound), track.playlistName]),
    '',
  ].join('\n')
}

function soundLine({ playlistName, channels }: Track): string {
  return (
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,' +
    `CHANNELS="${channels ?? 2}",URI="${playlistName}"`
  )
}

function variantLine(track: Track, sound: Track | null): string {
  const peak = track.rate.peak + (sound?.rate.peak ?? 0)
  const average = track.rate.average + (sound?.rate.average ?? 0)
  const codecs = [track.codecs, ...(sound ? [sound.codecs] : [])].join(',')
  const range = rangeOf(track)
  return [
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(peak)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(average)}`,
    `CODECS="${codecs}"`,
    `RESOLUTION=${track.size}`,
    ...(track.frameRate ? [`FRAME-RATE=${decimalRate(track.frameRate)}`] : []),
    ...(range ? [`VIDEO-RANGE=${range}`] : []),
    ...(sound ? ['AUDIO="audio"'] : []),
  ].join(',')
}

/** Transfer functions of the standard range by their code points in ITU-T H.273. */
const STANDARD_TRANSFERS = [1, 6, 13, 14, 15]

/** The range of brightness (draft-pantos-hls-rfc8216bis, 4.4.6.2); null: the track does not say. */
function rangeOf({ colour }: TrackHeader): 'SDR' | 'PQ' | 'HLG' | null {
  if (colour?.transfer === PQ_TRANSFER) return 'PQ'
  if (colour?.transfer === HLG_TRANSFER) return 'HLG'
  return colour && STANDARD_TRANSFERS.includes(colour.transfer) ? 'SDR' : null
}

/** A fraction as a decimal: `29.97` for `30000/1001`. */
function decimalRate(rate: string): string {
  const [num = 0, den = 1] = rate.split('/').map(Number)
  return formatNumber(Math.round((num / den) * 1000) / 1000)
}
