import type { Extras } from './extras.js'
import type { Container } from './formats.js'
import type { QualityName } from './qualities.js'
import type { RenditionRequest } from './renditions.js'
import type { Tracks } from './tracks.js'

/** What becomes of the edited material. Absent fields are those of the preset, or have their defaults. */
export interface OutputRequest extends Partial<Extras>, Partial<Tracks> {
  readonly preset?: PresetName | null
  /** Rungs of the ladder, instead of `renditions`. */
  readonly qualities?: readonly QualityName[]
  readonly renditions?: readonly RenditionRequest[]
  readonly container?: Container
  /** false: rungs above the material are left out; if none remains, the smallest is kept. */
  readonly upscale?: boolean
}

export const PRESET_NAMES = [
  'web',
  'mobile',
  'social',
  'social-vertical',
  'social-square',
  'social-landscape',
  'archive',
  'podcast',
] as const

export type PresetName = (typeof PRESET_NAMES)[number]
