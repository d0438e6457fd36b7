import { CONTAINER_TRAITS, USUAL_CONTAINER } from './containers.js'
import { type Extras, NO_EXTRAS } from './extras.js'
import type { BitDepth, Container, EncoderPreset } from './formats.js'
import type { OutputRequest } from './output.js'
import { PRESETS } from './presets.js'
import { DEFAULT_QUALITIES, type QualityName } from './qualities.js'
import type { RenditionRequest } from './renditions.js'

/** A rendition in which null stands for what its codec decides. */
export interface Rendition extends Required<Omit<RenditionRequest, 'preset' | 'bit_depth'>> {
  readonly preset: EncoderPreset | null
  readonly bit_depth: BitDepth | null
  /** Whether the client asks for the rendition. A file that it does not ask for is coded closer to the material. */
  readonly isAsked: boolean
  /** JSON pointer into the edit, for mistakes. */
  readonly pointer: string
}

export interface ResolvedOutput {
  readonly container: Container
  readonly renditions: readonly Rendition[]
  readonly upscale: boolean
  readonly extras: Extras
}

/** Names of the files that are made if none is asked for. */
const EDITED = 'edited'
const SOUND = 'audio'

/** The request with its preset and all defaults. null: one file at the edited picture's own size. */
export function resolveOutput(request: OutputRequest | null): ResolvedOutput {
  if (!request) {
    return { container: USUAL_CONTAINER, renditions: [unasked(EDITED)], upscale: true, extras: NO_EXTRAS }
  }
  const { preset, ...asked } = request
  const merged: OutputRequest = { ...(preset ? PRESETS[preset].output : {}), ...asked }
  const container = merged.container ?? USUAL_CONTAINER
  return {
    container,
    renditions: resolveRenditions(asked, merged, container),
    upscale: merged.upscale ?? true,
    extras: {
      packaging: merged.packaging ?? NO_EXTRAS.packaging,
      poster: merged.poster ?? NO_EXTRAS.poster,
      thumbnails: merged.thumbnails ?? NO_EXTRAS.thumbnails,
      sprite: merged.sprite ?? NO_EXTRAS.sprite,
      waveform: merged.waveform ?? NO_EXTRAS.waveform,
    },
  }
}

/** Files that a client names replace those of the preset, whether by `qualities` or by `renditions`. */
function resolveRenditions(
  asked: OutputRequest,
  merged: OutputRequest,
  container: Container,
): readonly Rendition[] {
  const isAsked = asked.qualities !== undefined || asked.renditions !== undefined
  const { qualities, renditions } = isAsked ? asked : merged
  const pointerOf = (field: string, index: number) =>
    isAsked ? `/output/${field}/${index}` : '/output/preset'
  if (renditions) {
    return renditions.map((rendition, index) => complete(rendition, pointerOf('renditions', index)))
  }
  if (qualities) return qualities.map((quality, index) => ofQuality(quality, pointerOf('qualities', index)))
  switch (CONTAINER_TRAITS[container].holds) {
    case 'video':
      return DEFAULT_QUALITIES.map((quality, index) => ofQuality(quality, `/output/qualities/${index}`))
    case 'animation':
      return [complete({ name: EDITED }, '/output/container')]
    case 'audio':
      return [complete({ name: SOUND }, '/output/container')]
  }
}

function ofQuality(quality: QualityName, pointer: string): Rendition {
  return complete({ name: quality, quality }, pointer)
}

function unasked(name: string): Rendition {
  return { ...complete({ name }, '/video_id'), isAsked: false }
}

function complete(request: RenditionRequest, pointer: string): Rendition {
  return {
    quality: null,
    width: null,
    height: null,
    fit: 'fit',
    video_codec: null,
    crf: null,
    max_bit_rate: null,
    preset: null,
    frame_rate: null,
    bit_depth: null,
    audio_codec: null,
    audio_bit_rate: null,
    ...request,
    isAsked: true,
    pointer,
  }
}
