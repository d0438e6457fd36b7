import { AUDIO_CODEC_TRAITS } from './audio-codecs.js'
import { CONTAINER_TRAITS, USUAL_CONTAINER } from './containers.js'
import {
  ANIMATION_CONTAINERS,
  AUDIO_CODECS,
  BIT_DEPTHS,
  type Container,
  CONTAINERS,
  FILM_CONTAINERS,
  SOUND_CONTAINERS,
  VIDEO_CODECS,
} from './formats.js'
import { bitDepthsOf, VIDEO_CODEC_TRAITS } from './video-codecs.js'

/** What the schema says about codecs and containers, made from their traits. */

/** `h264; vp9 in WebM`. */
export function usualVideoCodecs(): string {
  const usual = FILM_CONTAINERS.map((container) => {
    const trait = CONTAINER_TRAITS[container]
    return { container, codec: trait.holds === 'video' ? trait.usual.video : null }
  })
  const main = usual.find(({ container }) => container === USUAL_CONTAINER)?.codec
  const others = usual.filter(({ codec }) => codec !== main)
  return [main, ...others.map(({ container, codec }) => `${codec} in ${labelOf(container)}`)].join('; ')
}

/** `aac in MP4, Matroska, MOV and M4A; opus in WebM and Ogg; …`. */
export function usualAudioCodecs(): string {
  const containers = new Map<string, string[]>()
  for (const container of CONTAINERS) {
    const trait = CONTAINER_TRAITS[container]
    if (trait.holds === 'animation') continue
    const { audio } = trait.usual
    containers.set(audio, [...(containers.get(audio) ?? []), trait.label])
  }
  return [...containers].map(([codec, labels]) => `${codec} in ${listed(labels)}`).join('; ')
}

/** `aac, opus and flac`. */
export function surroundCodecs(): string {
  return listed(AUDIO_CODECS.filter((codec) => AUDIO_CODEC_TRAITS[codec].maxChannels === 6))
}

/** `h264 0–51 (absent: 23), …`. */
export function rateFactors(): string {
  const scales = VIDEO_CODECS.flatMap((codec) => {
    const { crf } = VIDEO_CODEC_TRAITS[codec]
    return crf ? [`${codec} 0–${crf.max} (absent: ${crf.usual})`] : []
  })
  const without = VIDEO_CODECS.filter((codec) => VIDEO_CODEC_TRAITS[codec].crf === null)
  return scales.join(', ') + (without.length > 0 ? `; ${listed(without)} has none` : '')
}

export function largestRateFactor(): number {
  return Math.max(...VIDEO_CODECS.map((codec) => VIDEO_CODEC_TRAITS[codec].crf?.max ?? 0))
}

/** `8 (h264, h265, av1 and vp9) or 10 (h265, av1 and vp9)`. */
export function bitDepths(): string {
  return BIT_DEPTHS.map((depth) => {
    const codecs = VIDEO_CODECS.filter((codec) => bitDepthsOf(codec).includes(depth))
    return `${depth} (${listed(codecs)})`
  }).join(' or ')
}

/** `h265 and av1`. */
export function hdrCodecs(): string {
  return listed(VIDEO_CODECS.filter((codec) => VIDEO_CODEC_TRAITS[codec].keepsHdr))
}

/** `128000`. */
export function usualBitRates(): string {
  const rates = AUDIO_CODECS.flatMap((codec) => AUDIO_CODEC_TRAITS[codec].bitRate ?? [])
  return [...new Set(rates)].join(' or ')
}

/** `FLAC and PCM`. */
export function codecsWithoutBitRate(): string {
  const lossless = AUDIO_CODECS.filter((codec) => AUDIO_CODEC_TRAITS[codec].bitRate === null)
  return listed(lossless.map((codec) => AUDIO_CODEC_TRAITS[codec].label))
}

/** `GIF and WebP`. */
export function animations(): string {
  return listed(ANIMATION_CONTAINERS.map(labelOf))
}

/** `MP3, M4A, WAV, FLAC and Ogg`. */
export function soundContainers(): string {
  return listed(SOUND_CONTAINERS.map(labelOf))
}

function labelOf(container: Container): string {
  return CONTAINER_TRAITS[container].label
}

/** `a, b and c`. */
export function listed(words: readonly string[], conjunction = 'and'): string {
  const [last = '', ...others] = [...words].reverse()
  return others.length > 0 ? `${others.reverse().join(', ')} ${conjunction} ${last}` : last
}
