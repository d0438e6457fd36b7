import { AUDIO_CODEC_TRAITS } from '../../../src/edit/output/audio-codecs.js'
import { audioCodecsIn, CONTAINER_TRAITS, videoCodecsIn } from '../../../src/edit/output/containers.js'
import { type Packaging, PACKAGINGS } from '../../../src/edit/output/extras.js'
import {
  AUDIO_CODECS,
  type AudioCodec,
  BIT_DEPTHS,
  type BitDepth,
  type Container,
  CONTAINERS,
  VIDEO_CODECS,
  type VideoCodec,
} from '../../../src/edit/output/formats.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { bitDepthsOf, VIDEO_CODEC_TRAITS } from '../../../src/edit/output/video-codecs.js'

/** What a video has, of which an output is made. */
export const MATERIALS = ['film', 'silent film', 'sound alone'] as const
export type Material = (typeof MATERIALS)[number]

/** A way to ask for an output; null: the field is left out. */
export interface Combination {
  readonly material: Material
  readonly container: Container
  readonly videoCodec: VideoCodec | null
  readonly bitDepth: BitDepth | null
  readonly audioCodec: AudioCodec | null
  readonly packaging: Packaging
}

/** Every way, made from the lists of formats. */
export function allCombinations(): Combination[] {
  return MATERIALS.flatMap((material) =>
    CONTAINERS.flatMap((container) =>
      [null, ...VIDEO_CODECS].flatMap((videoCodec) =>
        [null, ...BIT_DEPTHS].flatMap((bitDepth) =>
          [null, ...AUDIO_CODECS].flatMap((audioCodec) =>
            PACKAGINGS.map((packaging) => ({
              ...{ material, container, videoCodec, bitDepth, audioCodec, packaging },
            })),
          ),
        ),
      ),
    ),
  )
}

/** Whether the traits of formats say that the output can be made and played. */
export function isPossible(combination: Combination): boolean {
  const { material, container, videoCodec, bitDepth, audioCodec, packaging } = combination
  const trait = CONTAINER_TRAITS[container]
  const hasSound = material !== 'silent film'
  const isHeld = audioCodec === null || audioCodecsIn(container).includes(audioCodec)
  switch (trait.holds) {
    case 'video': {
      const video = videoCodec ?? trait.usual.video
      const isSeen = videoCodecsIn(container).includes(video) && material !== 'sound alone'
      const isDeep = bitDepth === null || bitDepthsOf(video).includes(bitDepth)
      const isStreamed =
        trait.isSegmented &&
        VIDEO_CODEC_TRAITS[video].isSegmented &&
        (!hasSound || AUDIO_CODEC_TRAITS[audioCodec ?? trait.usual.audio].isSegmented)
      return isSeen && isHeld && isDeep && (packaging === 'none' || isStreamed)
    }
    case 'animation':
      return (
        material !== 'sound alone' &&
        videoCodec === null &&
        audioCodec === null &&
        bitDepth !== 10 &&
        packaging === 'none'
      )
    case 'audio':
      return hasSound && videoCodec === null && bitDepth !== 10 && isHeld && packaging === 'none'
  }
}

export function requestOf(
  { container, videoCodec, bitDepth, audioCodec, packaging }: Combination,
  fields: Partial<NonNullable<OutputRequest['renditions']>[number]> = {},
): OutputRequest {
  const rendition = {
    name: 'one',
    ...fields,
    ...(videoCodec ? { video_codec: videoCodec } : {}),
    ...(bitDepth ? { bit_depth: bitDepth } : {}),
    ...(audioCodec ? { audio_codec: audioCodec } : {}),
  }
  return { container, packaging, renditions: [rendition] }
}

export function nameOf({ material, container, videoCodec, bitDepth, audioCodec, packaging }: Combination) {
  return [material, container, videoCodec, bitDepth, audioCodec, packaging].join(' ')
}
