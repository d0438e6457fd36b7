import { type Container, CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { QUALITIES } from '../../edit/output/qualities.js'
import type { AudioCodec, VideoCodec } from '../../edit/output/renditions.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { toNumber } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { AudioCoding, FilmCoding } from '../model/plan.js'
import { AUDIO_BIT_RATES, LOOKAHEAD_BYTES_PER_PIXEL, VIDEO_CODEC_TRAITS, X264_LOOKAHEAD } from './codecs.js'

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
    ...(codec === 'h264' ? boundedLookahead(rendition, timeline) : {}),
    stretch: null,
  }
}

/** Of x264's lookahead, in bytes: 40 frames up to 1440p, 20 at 2160p. */
const LOOKAHEAD_BYTES = 0.5e9

/** Below this the choice of frame types and of what is spent on each suffers. */
const LEAST_LOOKAHEAD = 10

function boundedLookahead(
  { preset }: Rendition,
  { width, height }: Timeline,
): Pick<FilmCoding, 'lookaheadFrames'> {
  const affordable = Math.floor(LOOKAHEAD_BYTES / (LOOKAHEAD_BYTES_PER_PIXEL * width * height))
  const most = Math.max(LEAST_LOOKAHEAD, affordable)
  return X264_LOOKAHEAD[preset] > most ? { lookaheadFrames: most } : {}
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
