import type { Extras } from './extras.js'
import type { QualityName } from './qualities.js'

export interface OutputRequest extends Extras {
  readonly qualities: readonly QualityName[]
}
