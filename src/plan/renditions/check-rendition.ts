import { excessOfPicture } from '../../edit/limits.js'
import { type Container, CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { RenditionRequest } from '../../edit/output/renditions.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { assertNever } from '../../errors.js'
import type { Findings } from '../context.js'
import type { ExpectedPicture } from '../model/plan.js'
import { AUDIO_BIT_RATES, VIDEO_CODEC_TRAITS } from './codecs.js'
import { audioCodecOf, videoCodecOf } from './coding.js'

type Field = Exclude<keyof RenditionRequest, 'name' | 'fit' | 'preset'>

const PICTURE_FIELDS = [
  ...(['quality', 'width', 'height', 'video_codec', 'crf', 'max_bit_rate', 'frame_rate'] as const),
] as const
const CODING_FIELDS = [
  ...(['video_codec', 'crf', 'max_bit_rate', 'audio_codec', 'audio_bit_rate'] as const),
] as const

/** What of a rendition contradicts its container or its codecs. */
export function checkRendition(rendition: Rendition, container: Container, findings: Findings): void {
  const trait = CONTAINER_TRAITS[container]
  const forbid = (fields: readonly Field[], reason: string) => {
    for (const field of fields) {
      if (rendition[field] !== null) findings.reject(pointerTo(rendition, field), reason)
    }
    if (rendition.bit_depth !== 8) findings.reject(pointerTo(rendition, 'bit_depth'), reason)
  }
  switch (trait.holds) {
    case 'audio':
      forbid(PICTURE_FIELDS, `${container} has sound and no picture`)
      break
    case 'animation':
      forbid(CODING_FIELDS, `${container} has a coding of its own, and no sound`)
      break
    case 'video':
      checkVideoCodec(rendition, container, trait.video, findings)
      checkAudioCodec(rendition, container, trait.audio, findings)
      break
    default:
      assertNever(trait)
  }
}

function checkVideoCodec(
  rendition: Rendition,
  container: Container,
  codecs: readonly string[],
  findings: Findings,
): void {
  const codec = videoCodecOf(rendition, container)
  if (!codec) return
  if (!codecs.includes(codec)) {
    findings.reject(pointerTo(rendition, 'video_codec'), `${container} takes ${codecs.join(', ')}`)
  }
  const { maxCrf, bitDepths } = VIDEO_CODEC_TRAITS[codec]
  if (rendition.crf !== null && rendition.crf > maxCrf) {
    findings.reject(pointerTo(rendition, 'crf'), `"crf" of ${codec} is ${maxCrf} at most`)
  }
  if (!bitDepths.includes(rendition.bit_depth)) {
    findings.reject(
      pointerTo(rendition, 'bit_depth'),
      `${codec} is rendered with ${bitDepths.join(' or ')} bits`,
    )
  }
}

function checkAudioCodec(
  rendition: Rendition,
  container: Container,
  codecs: readonly string[],
  findings: Findings,
): void {
  const codec = audioCodecOf(rendition, container)
  if (!codec) return
  if (!codecs.includes(codec)) {
    findings.reject(pointerTo(rendition, 'audio_codec'), `${container} takes ${codecs.join(', ')}`)
  }
  if (rendition.audio_bit_rate !== null && AUDIO_BIT_RATES[codec] === null) {
    findings.reject(pointerTo(rendition, 'audio_bit_rate'), `${codec} has no bit rate to choose`)
  }
}

/** GIF and WebP hold all their frames in memory while they are made: so many pixels of all frames together. */
const MAX_ANIMATION_PIXELS = 250e6

/** What of a picture its encoder cannot make. */
export function checkPicture(
  rendition: Rendition,
  container: Container,
  { width, height, frameCount }: ExpectedPicture,
  findings: Findings,
): void {
  const excess = excessOfPicture({ width, height })
  if (excess) findings.reject(rendition.pointer, `the picture would be ${excess}`)
  const codec = videoCodecOf(rendition, container)
  const minSide = codec ? VIDEO_CODEC_TRAITS[codec].minSide : 2
  if (Math.min(width, height) < minSide) {
    const message = `the picture would be ${width}×${height}, but ${codec} needs ${minSide} pixels a side`
    findings.reject(rendition.pointer, message)
  }
  const pixels = width * height * frameCount
  if (CONTAINER_TRAITS[container].holds === 'animation' && pixels > MAX_ANIMATION_PIXELS) {
    const [have, most] = [pixels, MAX_ANIMATION_PIXELS].map((count) => Math.round(count / 1e6))
    findings.reject(
      '/output/container',
      `${container} would have ${have} megapixels in ${frameCount} frames, ${most} are the most: choose fewer ` +
        'frames a second, a smaller picture or a shorter part',
    )
  }
}

/** A field of a rendition; of one that comes from a quality or a preset, that. */
function pointerTo({ pointer }: Rendition, field: Field): string {
  return pointer.startsWith('/output/renditions/') ? `${pointer}/${field}` : pointer
}
