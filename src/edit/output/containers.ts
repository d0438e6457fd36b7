import { AUDIO_CODEC_TRAITS } from './audio-codecs.js'
import {
  type AnimationContainer,
  AUDIO_CODECS,
  type AudioCodec,
  type Container,
  type FilmContainer,
  type SoundContainer,
  VIDEO_CODECS,
  type VideoCodec,
} from './formats.js'
import { VIDEO_CODEC_TRAITS } from './video-codecs.js'

/** Everything about a container but the arguments of its muxer, which are in src/plan/argv/container-args.ts. */
interface FileTrait {
  /** Name for people. */
  readonly label: string
  readonly mimeType: string
  /** ffmpeg's demuxer. */
  readonly demuxer: string
  /** The container is of QuickTime's family: its tracks have sample entries, and clocks of their own. */
  readonly isIsoMedia: boolean
}

/** Pictures and sound. */
interface FilmTrait extends FileTrait {
  readonly holds: 'video'
  /** Codecs that are used unless asked otherwise. */
  readonly usual: { readonly video: VideoCodec; readonly audio: AudioCodec }
  /** Frames that are copied from a source keep their exact times. */
  readonly takesCopies: boolean
  /** The CMAF segments of HLS and DASH are made from it. */
  readonly isSegmented: boolean
}

/** Moving pictures without sound, coded in the container's own way. */
interface AnimationTrait extends FileTrait {
  readonly holds: 'animation'
  readonly container: AnimationContainer
  /** ffmpeg's encoder. */
  readonly encoder: string
}

interface SoundTrait extends FileTrait {
  readonly holds: 'audio'
  /** The codec that is used unless asked otherwise. */
  readonly usual: { readonly audio: AudioCodec }
}

export type ContainerTrait = FilmTrait | AnimationTrait | SoundTrait

const ISO_MEDIA = { demuxer: 'mov,mp4,m4a,3gp,3g2,mj2', isIsoMedia: true }
const MATROSKA = { demuxer: 'matroska,webm', isIsoMedia: false }

const FILM_TRAITS: Readonly<Record<FilmContainer, FilmTrait>> = {
  mp4: {
    ...ISO_MEDIA,
    holds: 'video',
    label: 'MP4',
    mimeType: 'video/mp4',
    usual: { video: 'h264', audio: 'aac' },
    takesCopies: true,
    isSegmented: true,
  },
  webm: {
    ...MATROSKA,
    holds: 'video',
    label: 'WebM',
    mimeType: 'video/webm',
    usual: { video: 'vp9', audio: 'opus' },
    takesCopies: false,
    isSegmented: false,
  },
  mkv: {
    ...MATROSKA,
    holds: 'video',
    label: 'Matroska',
    mimeType: 'video/x-matroska',
    usual: { video: 'h264', audio: 'aac' },
    takesCopies: true,
    isSegmented: false,
  },
  mov: {
    ...ISO_MEDIA,
    holds: 'video',
    label: 'MOV',
    mimeType: 'video/quicktime',
    usual: { video: 'h264', audio: 'aac' },
    takesCopies: true,
    isSegmented: false,
  },
}

export const ANIMATION_TRAITS: Readonly<Record<AnimationContainer, AnimationTrait>> = {
  gif: {
    holds: 'animation',
    container: 'gif',
    label: 'GIF',
    mimeType: 'image/gif',
    demuxer: 'gif',
    isIsoMedia: false,
    encoder: 'gif',
  },
  webp: {
    holds: 'animation',
    container: 'webp',
    label: 'WebP',
    mimeType: 'image/webp',
    demuxer: 'webp_pipe',
    isIsoMedia: false,
    encoder: 'libwebp_anim',
  },
}

const SOUND_TRAITS: Readonly<Record<SoundContainer, SoundTrait>> = {
  mp3: {
    holds: 'audio',
    label: 'MP3',
    mimeType: 'audio/mpeg',
    demuxer: 'mp3',
    isIsoMedia: false,
    usual: { audio: 'mp3' },
  },
  m4a: { ...ISO_MEDIA, holds: 'audio', label: 'M4A', mimeType: 'audio/mp4', usual: { audio: 'aac' } },
  wav: {
    holds: 'audio',
    label: 'WAV',
    mimeType: 'audio/wav',
    demuxer: 'wav',
    isIsoMedia: false,
    usual: { audio: 'pcm' },
  },
  flac: {
    holds: 'audio',
    label: 'FLAC',
    mimeType: 'audio/flac',
    demuxer: 'flac',
    isIsoMedia: false,
    usual: { audio: 'flac' },
  },
  ogg: {
    holds: 'audio',
    label: 'Ogg',
    mimeType: 'audio/ogg',
    demuxer: 'ogg',
    isIsoMedia: false,
    usual: { audio: 'opus' },
  },
}

export const CONTAINER_TRAITS: Readonly<Record<Container, ContainerTrait>> = {
  ...FILM_TRAITS,
  ...ANIMATION_TRAITS,
  ...SOUND_TRAITS,
}

export const USUAL_CONTAINER = 'mp4'

export function videoCodecsIn(container: Container): VideoCodec[] {
  return VIDEO_CODECS.filter((codec) => VIDEO_CODEC_TRAITS[codec].containers.some((one) => one === container))
}

export function audioCodecsIn(container: Container): AudioCodec[] {
  return AUDIO_CODECS.filter((codec) => AUDIO_CODEC_TRAITS[codec].containers.some((one) => one === container))
}
