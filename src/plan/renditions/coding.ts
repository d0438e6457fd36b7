import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { AudioCodec, BitDepth, Container, VideoCodec } from '../../edit/output/formats.js'
import { QUALITIES } from '../../edit/output/qualities.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { bitDepthsOf, VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { AppError } from '../../errors.js'
import { toNumber } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import { CHANNELS } from '../inputs/mix-channels.js'
import type { StaticHdr } from '../model/facts.js'
import type { AudioCoding, FilmCoding, SoundLayout } from '../model/plan.js'

/** Seconds between key frames. */
const KEY_FRAME_INTERVAL_SEC = 2

const USUAL_PRESET = 'medium'

interface Filmed {
  readonly timeline: Timeline
  /** Of the source; absent: none. */
  readonly staticHdr?: StaticHdr | undefined
}

export function filmCoding(
  codec: VideoCodec,
  rendition: Rendition,
  { timeline, staticHdr }: Filmed,
): FilmCoding {
  const { crf, hasBitRateCap, lookahead } = VIDEO_CODEC_TRAITS[codec]
  const { quality } = rendition
  const preset = rendition.preset ?? USUAL_PRESET
  const maxBitRate = rendition.max_bit_rate ?? (quality ? QUALITIES[quality].maxBitRate : null)
  return {
    codec,
    crf: crf && (rendition.crf ?? (rendition.isAsked ? crf.usual : crf.edited)),
    maxBitRate: hasBitRateCap ? maxBitRate : null,
    preset,
    gopFrames: Math.max(1, Math.round(toNumber(timeline.frameRate) * KEY_FRAME_INTERVAL_SEC)),
    bitDepth: bitDepthOf(codec, rendition),
    colorSpace: timeline.colorSpace,
    ...(staticHdr && timeline.colorSpace === 'pq' ? { staticHdr: keptHdr(staticHdr) } : {}),
    ...(lookahead ? boundedLookahead(lookahead[preset], timeline) : {}),
    stretch: null,
  }
}

function keptHdr({ mastering, light }: StaticHdr): Pick<StaticHdr, 'mastering' | 'light'> {
  return { mastering, light }
}

export function bitDepthOf(codec: VideoCodec, { bit_depth: asked }: Rendition): BitDepth {
  return asked ?? bitDepthsOf(codec)[0] ?? 8
}

/** Memory of a frame in an encoder's lookahead, in bytes per pixel. Measured with x264. */
export const LOOKAHEAD_BYTES_PER_PIXEL = 3

/** Memory of a lookahead at most, in bytes: 40 frames up to 1440p, 20 at 2160p. */
const LOOKAHEAD_BYTES = 0.5e9

/** Frames of lookahead below which the choice of frame types and their bits suffers. */
const LEAST_LOOKAHEAD = 10

function boundedLookahead(frames: number, { width, height }: Timeline): Pick<FilmCoding, 'lookaheadFrames'> {
  const affordable = Math.floor(LOOKAHEAD_BYTES / (LOOKAHEAD_BYTES_PER_PIXEL * width * height))
  const most = Math.max(LEAST_LOOKAHEAD, affordable)
  return frames > most ? { lookaheadFrames: most } : {}
}

export function audioCoding(
  codec: AudioCodec,
  { audio_bit_rate: asked }: Rendition,
  layout: SoundLayout,
): AudioCoding {
  const { bitRate: usual } = AUDIO_CODEC_TRAITS[codec]
  const channels = CHANNELS[layout]
  return { codec, bitRate: usual === null ? null : (asked ?? (usual * channels) / 2), channels }
}

/** The codec of a rendition's picture; null: the container holds no film. */
export function videoCodecOf({ video_codec: asked }: Rendition, container: Container): VideoCodec | null {
  const trait = CONTAINER_TRAITS[container]
  return trait.holds === 'video' ? (asked ?? trait.usual.video) : null
}

/** The same for a container of films. */
export function filmCodecOf(rendition: Rendition, container: Container): VideoCodec {
  const codec = videoCodecOf(rendition, container)
  if (!codec) throw new AppError('internal', `${container} holds no film.`)
  return codec
}

/** The codec of a rendition's sound; null: the container holds no sound. */
export function audioCodecOf({ audio_codec: asked }: Rendition, container: Container): AudioCodec | null {
  const trait = CONTAINER_TRAITS[container]
  return trait.holds === 'animation' ? null : (asked ?? trait.usual.audio)
}
