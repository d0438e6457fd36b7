import type { Length } from './placement.js'

/** How large a layer is shown; null: as the other side and the aspect ratio have it, both null: its own size. */
export interface LayerSize {
  /** Pixels, or a share of the picture's width. */
  readonly width: Length | null
  /** Pixels, or a share of the picture's height. */
  readonly height: Length | null
}
