import type { AudioCodec, ChannelCount, FilmContainer, PartContainer, SoundContainer } from './formats.js'

/** Everything about a codec of sound. */
interface AudioCodecTrait {
  /** Name for people. */
  readonly label: string
  /** ffmpeg's encoder. */
  readonly encoder: string
  /** Containers that hold it: those that players read, not only those that muxers write. */
  readonly containers: readonly [FilmContainer | SoundContainer, ...(FilmContainer | SoundContainer)[]]
  /** Bits per second in stereo unless asked otherwise; null: the codec has no bit rate to choose. */
  readonly bitRate: number | null
  /** Channels at most. */
  readonly maxChannels: ChannelCount
  /** Container of the sound of a film that is made in parts. */
  readonly partContainer: PartContainer
  /**
   * Players take it in the CMAF segments of HLS and DASH. For FLAC and Opus: hls.js since 1.5
   * (https://github.com/video-dev/hls.js/pull/4772), Shaka Player (https://github.com/shaka-project/shaka-player/pull/5454),
   * ExoPlayer (https://github.com/google/ExoPlayer/issues/4883).
   */
  readonly isSegmented: boolean
  /**
   * Apple's own players take it in HLS:
   * https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices
   * lists AAC and FLAC, and not Opus.
   */
  readonly isAppleHls: boolean
}

/** QuickTime's player knows no Opus, WebM is what its guidelines say, and MP4 holds no PCM. */
export const AUDIO_CODEC_TRAITS: Readonly<Record<AudioCodec, AudioCodecTrait>> = {
  aac: {
    label: 'AAC',
    encoder: 'aac',
    containers: ['mp4', 'mkv', 'mov', 'm4a'],
    bitRate: 128_000,
    maxChannels: 6,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: true,
  },
  opus: {
    label: 'Opus',
    encoder: 'libopus',
    containers: ['mp4', 'webm', 'mkv', 'ogg'],
    bitRate: 128_000,
    maxChannels: 6,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: false,
  },
  mp3: {
    label: 'MP3',
    encoder: 'libmp3lame',
    containers: ['mp4', 'mkv', 'mov', 'mp3'],
    bitRate: 128_000,
    maxChannels: 2,
    partContainer: 'mp4',
    isSegmented: false,
    isAppleHls: false,
  },
  flac: {
    label: 'FLAC',
    encoder: 'flac',
    containers: ['mp4', 'mkv', 'flac'],
    bitRate: null,
    maxChannels: 6,
    partContainer: 'mp4',
    isSegmented: true,
    isAppleHls: true,
  },
  pcm: {
    label: 'PCM',
    encoder: 'pcm_s16le',
    containers: ['mkv', 'mov', 'wav'],
    bitRate: null,
    maxChannels: 6,
    partContainer: 'mov',
    isSegmented: false,
    isAppleHls: false,
  },
}
