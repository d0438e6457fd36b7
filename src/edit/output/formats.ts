/** Codecs and containers that a client may ask for. Their traits: video-codecs.ts, audio-codecs.ts, containers.ts. */
export const VIDEO_CODECS = ['h264', 'h265', 'av1', 'vp9'] as const
export type VideoCodec = (typeof VIDEO_CODECS)[number]

/** `pcm`: 16 bits per sample, uncompressed. */
export const AUDIO_CODECS = ['aac', 'opus', 'mp3', 'flac', 'pcm'] as const
export type AudioCodec = (typeof AUDIO_CODECS)[number]

/** Channels of sound: stereo and 5.1. */
export const CHANNEL_COUNTS = [2, 6] as const
export type ChannelCount = (typeof CHANNEL_COUNTS)[number]

/** Containers with pictures and sound, moving pictures alone, and sound alone. */
export const FILM_CONTAINERS = ['mp4', 'webm', 'mkv', 'mov'] as const
export const ANIMATION_CONTAINERS = ['gif', 'webp'] as const
export const SOUND_CONTAINERS = ['mp3', 'm4a', 'wav', 'flac', 'ogg'] as const
export const CONTAINERS = [...FILM_CONTAINERS, ...ANIMATION_CONTAINERS, ...SOUND_CONTAINERS] as const

export type FilmContainer = (typeof FILM_CONTAINERS)[number]
export type AnimationContainer = (typeof ANIMATION_CONTAINERS)[number]
export type SoundContainer = (typeof SOUND_CONTAINERS)[number]
export type Container = (typeof CONTAINERS)[number]

/** Container of parts, which are joined by stream copy. */
export type PartContainer = Extract<FilmContainer, 'mp4' | 'mov'>

/** Bits per sample of a picture. */
export const BIT_DEPTHS = [8, 10] as const
export type BitDepth = (typeof BIT_DEPTHS)[number]

/** ffmpeg's pixel formats of films. */
export const PIXEL_FORMATS = ['yuv420p', 'yuv420p10le'] as const
export type PixelFormat = (typeof PIXEL_FORMATS)[number]

/** How long the encoder may think: x264's names, for all codecs. Slower is smaller at the same quality. */
export const ENCODER_PRESETS = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
] as const
export type EncoderPreset = (typeof ENCODER_PRESETS)[number]
