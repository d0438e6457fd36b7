import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { ANIMATION_TRAITS } from '../../edit/output/containers.js'
import { ANIMATION_CONTAINERS, AUDIO_CODECS, VIDEO_CODECS } from '../../edit/output/formats.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { JPEG_ENCODER, PNG_ENCODER } from './still-encoders.js'

/** ffmpeg's encoders that every build must have. */
export const REQUIRED_ENCODERS: ReadonlySet<string> = new Set([
  ...VIDEO_CODECS.map((codec) => VIDEO_CODEC_TRAITS[codec])
    .filter(({ isEncoderRequired }) => isEncoderRequired)
    .map(({ encoder }) => encoder),
  ...AUDIO_CODECS.map((codec) => AUDIO_CODEC_TRAITS[codec].encoder),
  ...ANIMATION_CONTAINERS.map((container) => ANIMATION_TRAITS[container].encoder),
  JPEG_ENCODER,
  PNG_ENCODER,
])

/** Encoders without which only jobs that need them fail. */
export const OPTIONAL_ENCODERS: ReadonlySet<string> = new Set(
  VIDEO_CODECS.map((codec) => VIDEO_CODEC_TRAITS[codec])
    .filter(({ isEncoderRequired }) => !isEncoderRequired)
    .map(({ encoder }) => encoder),
)
