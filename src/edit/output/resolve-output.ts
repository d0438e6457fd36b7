import { CONTAINER_TRAITS, USUAL_CONTAINER } from './containers.js'
import { defaultLadder, EDITED } from './default-ladder.js'
import { type Extras, NO_EXTRAS } from './extras.js'
import type { BitDepth, Container, EncoderPreset } from './formats.js'
import type { OutputRequest } from './output.js'
import { PRESETS } from './presets.js'
import type { QualityName } from './qualities.js'
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
  /** The renditions that take the place of the one at the edited picture's own size; null: none do. */
  readonly ladder: ((edited: { width: number; height: number }) => readonly Rendition[]) | null
}

/** Name of the file of sound that is made if none is asked for. */
const SOUND = 'audio'

/**
 * The request with its preset and all defaults. Without renditions there is one file, at the edited picture's own size
 * or of the edited sound; for a stream it is a ladder that does not exceed that size.
 */
export function resolveOutput(request: OutputRequest | null): ResolvedOutput {
  if (!request) {
    const renditions = [unasked(EDITED, '/video_id')]
    return { container: USUAL_CONTAINER, renditions, upscale: true, extras: NO_EXTRAS, ladder: null }
  }
  const { preset, ...asked } = request
  const merged: OutputRequest = { ...(preset ? PRESETS[preset].output : {}), ...asked }
  const container = merged.container ?? USUAL_CONTAINER
  const packaging = merged.packaging ?? NO_EXTRAS.packaging
  const named = namedRenditions(asked, merged)
  const isLadder = !named && packaging !== 'none' && CONTAINER_TRAITS[container].holds === 'video'
  return {
    container,
    renditions: named ?? [unnamedRendition(container)],
    upscale: merged.upscale ?? true,
    ladder: isLadder ? ladderOf : null,
    extras: {
      packaging,
      hls: merged.hls ?? NO_EXTRAS.hls,
      poster: merged.poster ?? NO_EXTRAS.poster,
      thumbnails: merged.thumbnails ?? NO_EXTRAS.thumbnails,
      sprite: merged.sprite ?? NO_EXTRAS.sprite,
      waveform: merged.waveform ?? NO_EXTRAS.waveform,
    },
  }
}

/** Files that a client names replace those of the preset, by `qualities` or `renditions`. null: neither names any. */
function namedRenditions(asked: OutputRequest, merged: OutputRequest): readonly Rendition[] | null {
  const isAsked = asked.qualities !== undefined || asked.renditions !== undefined
  const { qualities, renditions } = isAsked ? asked : merged
  const pointerOf = (field: string, index: number) =>
    isAsked ? `/output/${field}/${index}` : '/output/preset'
  if (renditions) {
    return renditions.map((rendition, index) => complete(rendition, pointerOf('renditions', index)))
  }
  return qualities?.map((quality, index) => ofQuality(quality, pointerOf('qualities', index))) ?? null
}

function unnamedRendition(container: Container): Rendition {
  switch (CONTAINER_TRAITS[container].holds) {
    case 'video':
      return unasked(EDITED, '/output')
    case 'animation':
      return complete({ name: EDITED }, '/output/container')
    case 'audio':
      return complete({ name: SOUND }, '/output/container')
  }
}

function ladderOf(edited: { width: number; height: number }): readonly Rendition[] {
  return defaultLadder(edited).map((rendition) => complete(rendition, '/output/packaging'))
}

function ofQuality(quality: QualityName, pointer: string): Rendition {
  return complete({ name: quality, quality }, pointer)
}

function unasked(name: string, pointer: string): Rendition {
  return { ...complete({ name }, pointer), isAsked: false }
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
    audio_channels: null,
    ...request,
    isAsked: true,
    pointer,
  }
}
