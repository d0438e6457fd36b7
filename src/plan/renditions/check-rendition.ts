import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { audioCodecsIn, CONTAINER_TRAITS, videoCodecsIn } from '../../edit/output/containers.js'
import type { Container, VideoCodec } from '../../edit/output/formats.js'
import { listed } from '../../edit/output/prose.js'
import type { RenditionRequest } from '../../edit/output/renditions.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { bitDepthsOf, VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { assertNever } from '../../errors.js'
import type { Findings } from '../context.js'
import { audioCodecOf, bitDepthOf, videoCodecOf } from './coding.js'

type Field = Exclude<keyof RenditionRequest, 'name' | 'fit'>

const PICTURE_FIELDS = [
  'quality',
  'width',
  'height',
  'video_codec',
  'crf',
  'max_bit_rate',
  'frame_rate',
] as const
const CODING_FIELDS = [
  'video_codec',
  'crf',
  'max_bit_rate',
  'audio_codec',
  'audio_bit_rate',
  'audio_channels',
] as const

/** Rejects what contradicts the container or the codecs of a rendition. */
export function checkRendition(rendition: Rendition, container: Container, findings: Findings): void {
  const reject = (field: Field, message: string) => findings.reject(pointerTo(rendition, field), message)
  const forbid = (fields: readonly Field[], reason: string) => {
    // 8 bits are what every picture has anyway.
    const isDeep = rendition.bit_depth !== null && rendition.bit_depth !== 8
    const asked = fields.filter((field) => rendition[field] !== null)
    for (const field of isDeep ? ([...asked, 'bit_depth'] as const) : asked) {
      reject(field, `${reason}: leave "${field}" out`)
    }
  }
  const trait = CONTAINER_TRAITS[container]
  switch (trait.holds) {
    case 'audio':
      forbid(PICTURE_FIELDS, `${container} holds sound only`)
      checkAudioCodec(rendition, container, reject)
      break
    case 'animation':
      forbid(CODING_FIELDS, `${container} has its own coding, and no sound`)
      break
    case 'video':
      checkVideoCodec(rendition, container, reject)
      checkAudioCodec(rendition, container, reject)
      break
    default:
      assertNever(trait)
  }
}

type Reject = (field: Field, message: string) => void

function checkVideoCodec(rendition: Rendition, container: Container, reject: Reject): void {
  const codec = videoCodecOf(rendition, container)
  if (!codec) return
  const codecs = videoCodecsIn(container)
  if (!codecs.includes(codec)) reject('video_codec', cannotHold(container, codec, codecs))
  checkRateControl(rendition, codec, reject)
  const depths = bitDepthsOf(codec)
  if (!depths.includes(bitDepthOf(codec, rendition))) {
    reject(
      'bit_depth',
      `${codec} has ${listed(depths.map(String), 'or')} bits per sample: choose that, or leave "bit_depth" out`,
    )
  }
}

function checkRateControl(rendition: Rendition, codec: VideoCodec, reject: Reject): void {
  const { crf, hasBitRateCap, hasPresets } = VIDEO_CODEC_TRAITS[codec]
  if (rendition.crf !== null) {
    if (!crf) reject('crf', `${codec} has no rate factor: leave "crf" out`)
    else if (rendition.crf > crf.max) reject('crf', `"crf" must be at most ${crf.max} for ${codec}`)
  }
  if (rendition.max_bit_rate !== null && !hasBitRateCap) {
    reject('max_bit_rate', `the bit rate of ${codec} cannot be limited: leave "max_bit_rate" out`)
  }
  if (rendition.preset !== null && !hasPresets) {
    reject('preset', `the encoder of ${codec} has no presets: leave "preset" out`)
  }
}

function checkAudioCodec(rendition: Rendition, container: Container, reject: Reject): void {
  const codec = audioCodecOf(rendition, container)
  if (!codec) return
  const codecs = audioCodecsIn(container)
  if (!codecs.includes(codec)) reject('audio_codec', cannotHold(container, codec, codecs))
  if (rendition.audio_bit_rate !== null && AUDIO_CODEC_TRAITS[codec].bitRate === null) {
    reject('audio_bit_rate', `${codec} has no bit rate: leave "audio_bit_rate" out`)
  }
  const { maxChannels } = AUDIO_CODEC_TRAITS[codec]
  if (rendition.audio_channels !== null && rendition.audio_channels > maxChannels) {
    const others = audioCodecsIn(container).filter((one) => AUDIO_CODEC_TRAITS[one].maxChannels > maxChannels)
    const hint = others.length > 0 ? `choose ${listed(others, 'or')}, or leave` : 'leave'
    reject('audio_channels', `${codec} has ${maxChannels} channels at most: ${hint} "audio_channels" out`)
  }
}

function cannotHold(container: Container, codec: string, codecs: readonly string[]): string {
  return `${container} cannot hold ${codec}: choose ${listed(codecs, 'or')}`
}

/** Pointer to a field of a rendition. A rendition that comes from a quality or a preset has no fields to point to. */
export function pointerTo({ pointer }: Rendition, field: Field): string {
  return pointer.startsWith('/output/renditions/') ? `${pointer}/${field}` : pointer
}
