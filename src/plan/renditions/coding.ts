import { CONTAINER_TRAITS, type Container } from '../../edit/containers.js'
import { QUALITIES } from '../../edit/qualities.js'
import type { AudioCodec, VideoCodec } from '../../edit/renditions.js'
import type { Rendition } from '../../edit/resolve-output.js'
import type { AudioCoding, FilmCoding } from '../plan.js'
import { toNumber } from '../rational.js'
import type { Timeline } from '../timeline.js'
import { AUDIO_BIT_RATES, VIDEO_CODEC_TRAITS } from './codecs.js'

/** Seconds between key frames. */
const KEY_FRAME_INTERVAL_SEC = 2

export function filmCoding(codec: VideoCodec, rendition: Rendition, timeline: Timeline): FilmCoding {
  const { crf, editedCrf } = VIDEO_CODEC_TRAITS[codec]
  const { quality } = rendition
  return {
    codec,
    crf: rendition.crf ?? (rendition.isAsked ? crf : editedCrf),
    maxBitRate: rendition.max_bit_rate ?? (quality ? QUALITIES[quality].maxBitRate : null),
    preset: rendition.preset,
    gopFrames: Math.max(1, Math.round(toNumber(timeline.frameRate) * KEY_FRAME_INTERVAL_SEC)),
    bitDepth: rendition.bit_depth,
    colorSpace: timeline.colorSpace,
    stretch: null,
  }
}

export function audioCoding(codec: AudioCodec, { audio_bit_rate: asked }: Rendition): AudioCoding {
  const usual = AUDIO_BIT_RATES[codec]
  return { codec, bitRate: usual === null ? null : (asked ?? usual), channels: 2 }
}

/** null: the container has no such codec for films. */
export function videoCodecOf({ video_codec: asked }: Rendition, container: Container): VideoCodec | null {
  const trait = CONTAINER_TRAITS[container]
  return trait.holds === 'video' ? (asked ?? trait.video[0]) : null
}

/** null: the container has no sound. */
export function audioCodecOf({ audio_codec: asked }: Rendition, container: Container): AudioCodec | null {
  const trait = CONTAINER_TRAITS[container]
  return trait.holds === 'animation' ? null : (asked ?? trait.audio[0])
}
