import type { AudioCodec, VideoCodec } from './renditions.js'

/** What an output file can be. `ogg` holds Opus. */
export const CONTAINERS = [
  ...(['mp4', 'webm', 'mkv', 'mov'] as const),
  ...(['gif', 'webp'] as const),
  ...(['mp3', 'm4a', 'wav', 'flac', 'ogg'] as const),
] as const
export type Container = (typeof CONTAINERS)[number]

export type ContainerTrait =
  /** Pictures and sound. The first codec of each list is the one that is used unless asked otherwise. */
  | {
      readonly holds: 'video'
      readonly video: readonly [VideoCodec, ...VideoCodec[]]
      readonly audio: readonly [AudioCodec, ...AudioCodec[]]
    }
  /** Moving pictures without sound, coded in the container's own way. */
  | { readonly holds: 'animation' }
  | { readonly holds: 'audio'; readonly audio: readonly [AudioCodec, ...AudioCodec[]] }

/** What players read, not only what muxers write: QuickTime's player knows no Opus, WebM is what its guidelines say. */
export const CONTAINER_TRAITS: Readonly<Record<Container, ContainerTrait>> = {
  mp4: {
    holds: 'video',
    video: ['h264', 'h265', 'av1', 'vp9'],
    audio: ['aac', 'opus', 'mp3', 'flac'],
  },
  webm: { holds: 'video', video: ['vp9', 'av1'], audio: ['opus'] },
  mkv: {
    holds: 'video',
    video: ['h264', 'h265', 'av1', 'vp9'],
    audio: ['aac', 'opus', 'mp3', 'flac', 'pcm'],
  },
  mov: { holds: 'video', video: ['h264', 'h265'], audio: ['aac', 'mp3', 'pcm'] },
  gif: { holds: 'animation' },
  webp: { holds: 'animation' },
  mp3: { holds: 'audio', audio: ['mp3'] },
  m4a: { holds: 'audio', audio: ['aac'] },
  wav: { holds: 'audio', audio: ['pcm'] },
  flac: { holds: 'audio', audio: ['flac'] },
  ogg: { holds: 'audio', audio: ['opus'] },
}
