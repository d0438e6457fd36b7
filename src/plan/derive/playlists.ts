import { formatNumber } from '../graph/format-number.js'
import type { StreamedSound, StreamedSubtitles } from '../model/additions.js'
import { addSets, completeManifest, type ManifestTrack, readTracks } from './dash-manifest.js'
import {
  type ByteRange,
  lengthSec,
  longestSec,
  measureRate,
  type MediaPlaylist,
  type Rate,
  readPlaylist,
  targetSec,
  writeKeyFrames,
  writePlaylist,
} from './media-playlist.js'
import { nameSounds, soundLines } from './sound-renditions.js'
import {
  subtitleLines,
  subtitlePlaylists,
  subtitleRate,
  type SubtitleRendition,
  subtitleSets,
} from './subtitle-renditions.js'
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

/** What the files of a folder of segments say, by their names. */
export interface SegmentReader {
  /** Of an initialisation segment. */
  readonly headerOf: (init: string) => TrackHeader
  /** Where the key frame is with which a segment begins, with the index before it. null: no playlist has these. */
  readonly keyFrameOf: ((segment: string) => ByteRange) | null
  /** The HLS stream has a variant of its sound alone. */
  readonly hasAudioOnly: boolean
  readonly subtitles: readonly StreamedSubtitles[]
  /** What the tracks of sound are called; none: there is one without a name, or none. */
  readonly sounds: readonly StreamedSound[]
}

/**
 * The manifests of a folder that ffmpeg's DASH muxer has made: the HLS playlists (RFC 8216) are written anew, the DASH
 * manifest is completed.
 */
export function writeManifests(files: readonly SegmentFile[], reader: SegmentReader): Manifest[] {
  const { headerOf, keyFrameOf, hasAudioOnly } = reader
  const { manifest, tracks, sizes, target } = readFolder(files, headerOf)
  const playlists = tracks.map(({ playlist }) => playlist)
  const facts = tracks.map(({ id, codecs, colour, rate }) => ({ id, codecs, colour, peak: rate.peak }))
  const subtitles = reader.subtitles.map((track): SubtitleRendition => {
    return { ...track, sizeBytes: sizes.get(track.file) ?? 0 }
  })
  const durationSec = Math.max(0, ...playlists.map(lengthSec))
  const textRate = Math.max(0, ...subtitles.map((track) => subtitleRate(track, durationSec)))
  const sounds = tracks.filter(({ size }) => size === null)
  const pictures = tracks.filter(({ size }) => size !== null)
  const most = (field: keyof Rate) => textRate + Math.max(0, ...sounds.map(({ rate }) => rate[field]))
  const beside = { peak: most('peak'), average: most('average') }
  const groups = [...soundLines(sounds, reader.sounds), ...subtitleLines(subtitles)]
  const keyFrames = keyFrameOf ? pictures.map((track) => keyFramesOf(track, target, keyFrameOf)) : []
  const variants = { pictures, sounds, names: reader.sounds, groups, hasAudioOnly, beside }
  const master = [...masterPlaylist(variants, subtitles.length > 0), ...keyFrames.map(({ line }) => line), '']
  return [
    { name: 'master.m3u8', contents: master.join('\n') },
    ...keyFrames.map(({ name, contents }) => ({ name, contents })),
    ...tracks.map(({ playlistName: name, playlist }) => ({
      name,
      contents: writePlaylist(playlist, target),
    })),
    ...subtitlePlaylists(subtitles, durationSec),
    {
      name: DASH_MANIFEST,
      contents: addSets(
        nameSounds(
          completeManifest(manifest, facts, Math.max(0, ...playlists.map(longestSec))),
          sounds.map(({ id }) => id),
          reader.sounds,
        ),
        (count) => subtitleSets(subtitles, durationSec, count),
      ),
    },
  ]
}

/** The tracks of a folder, and its manifest as ffmpeg has made it. */
function readFolder(files: readonly SegmentFile[], headerOf: SegmentReader['headerOf']) {
  const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? ''
  const manifest = textOf(DASH_MANIFEST)
  const found = readTracks(manifest).map((track) => {
    const playlistName = `media_${track.id}.m3u8`
    return { ...track, playlistName, playlist: readPlaylist(textOf(playlistName)) }
  })
  const target = targetSec(found.map(({ playlist }) => playlist))
  const sizes = new Map(files.map(({ name, sizeBytes }) => [name, sizeBytes]))
  const tracks = found.map((track): Track => ({
    ...track,
    ...headerOf(track.playlist.init),
    rate: measureRate(track.playlist, sizes, target),
  }))
  return { manifest, tracks, sizes, target }
}

interface Variants {
  readonly pictures: readonly Track[]
  readonly sounds: readonly Track[]
  /** Of the sounds. */
  readonly names: readonly StreamedSound[]
  /** The tags of the groups. */
  readonly groups: readonly string[]
  readonly hasAudioOnly: boolean
  /** Of the largest sound and the largest subtitles. */
  readonly beside: Rate
}

/** The largest rendition first, the sound and the subtitles as groups, which all variants have. */
function masterPlaylist(variants: Variants, hasSubtitles: boolean): string[] {
  const { pictures, sounds, names, groups, hasAudioOnly, beside } = variants
  const sound =
    sounds[
      Math.max(
        0,
        names.findIndex(({ isDefault }) => isDefault),
      )
    ] ?? null
  const textGroup = hasSubtitles ? ',SUBTITLES="subtitles"' : ''
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...groups,
    ...pictures.flatMap((track) => {
      return [`${variantLine(track, sound, beside)}${textGroup}`, track.playlistName]
    }),
    ...(sound && hasAudioOnly ? [`${audioOnlyLine(sound, beside)}${textGroup}`, sound.playlistName] : []),
  ]
}

/** The sound without pictures: https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices */
function audioOnlyLine({ codecs }: Track, beside: Rate): string {
  const [peak, average] = [beside.peak, beside.average].map(Math.ceil)
  return `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},CODECS="${codecs}",AUDIO="audio"`
}

interface KeyFrames extends Manifest {
  /** The line of the master playlist. */
  readonly line: string
}

function keyFramesOf(track: Track, target: number, keyFrameOf: (segment: string) => ByteRange): KeyFrames {
  const { playlist, codecs, size, id } = track
  const name = `key_frames_${id}.m3u8`
  const lengths = new Map(playlist.segments.map((segment) => [segment.name, keyFrameOf(segment.name).length]))
  const rate = measureRate(playlist, lengths, target)
  const range = rangeOf(track)
  const line = [
    `#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=${Math.ceil(rate.peak)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(rate.average)}`,
    `CODECS="${codecs}"`,
    `RESOLUTION=${size}`,
    ...(range ? [`VIDEO-RANGE=${range}`] : []),
    `URI="${name}"`,
  ].join(',')
  return { name, contents: writeKeyFrames(playlist, target, keyFrameOf), line }
}

function variantLine(track: Track, sound: Track | null, beside: Rate): string {
  const peak = track.rate.peak + beside.peak
  const average = track.rate.average + beside.average
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
