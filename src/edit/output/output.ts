import type { Extras } from './extras.js'
import type { Container } from './formats.js'
import type { QualityName } from './qualities.js'
import type { RenditionRequest } from './renditions.js'

/** What becomes of the edited material. What is absent is as the preset has it, or else the default. */
export interface OutputRequest extends Partial<Extras> {
  readonly preset?: PresetName | null
  /** Rungs of the ladder. Instead of `renditions`. */
  readonly qualities?: readonly QualityName[]
  readonly renditions?: readonly RenditionRequest[]
  readonly container?: Container
  /** false: rungs above the material are left out, all but the smallest. */
  readonly upscale?: boolean
}

export const PRESET_NAMES = [
  ...(['web', 'mobile', 'social'] as const),
  ...(['social-vertical', 'social-square', 'social-landscape'] as const),
  ...(['archive', 'podcast'] as const),
] as const

export type PresetName = (typeof PRESET_NAMES)[number]
