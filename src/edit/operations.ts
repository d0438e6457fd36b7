import type { QualityName } from './qualities.js'

/**
 * The edit as a client writes it. The field names are the REST contract's own (snake_case): this model *is*
 * the contract. Times are seconds on the timeline that the operations before have left; positions are
 * pixels of the picture at that point, from its top left corner.
 */
export type Operation = TrimOperation | OverlayOperation | WatermarkOperation

export type TrimMode = 'exact' | 'smart' | 'keyframe'

export interface TrimOperation {
  readonly type: 'trim'
  readonly start_time: number
  readonly end_time: number
  readonly mode: TrimMode
}

export type OverlayOperation = TextOverlay | ImageOverlay | VideoOverlay

interface OverlayPlacement {
  readonly type: 'overlay'
  readonly position_x: number
  readonly position_y: number
  readonly start_time: number
  /** null: until the end. */
  readonly end_time: number | null
}

export interface TextOverlay extends OverlayPlacement {
  readonly overlay_type: 'text'
  readonly content: string
  /** Pixels of the font's em square. */
  readonly font_size: number
  /** A CSS colour name, `#rgb`, `#rrggbb` or `#rrggbbaa`. */
  readonly font_color: string
  /** BCP 47 primary language subtag: it chooses the font. */
  readonly language: string
}

export interface ImageOverlay extends OverlayPlacement {
  readonly overlay_type: 'image'
  /** Name of an image asset. */
  readonly content: string
}

export interface VideoOverlay extends OverlayPlacement {
  readonly overlay_type: 'video'
  /** Name of a video asset. Its sound is dropped; after its end the picture below shows again. */
  readonly content: string
}

export const WATERMARK_POSITIONS = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'center'] as const

export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number]

export interface WatermarkOperation {
  readonly type: 'watermark'
  /** Name of an image asset. */
  readonly watermark_path: string
  readonly position: WatermarkPosition
  /** 0.1 (faint) to 1 (solid). */
  readonly opacity: number
  /** Distance in pixels from the edges that `position` names. */
  readonly margin: number
}

export interface OutputRequest {
  readonly qualities: readonly QualityName[]
}

export interface Edit {
  readonly operations: readonly Operation[]
  /** null: one file at the edited picture's own size. */
  readonly output: OutputRequest | null
}
