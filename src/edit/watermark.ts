import type { LayerSize } from './size.js'

export const WATERMARK_POSITIONS = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'center'] as const

export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number]

export interface WatermarkOperation extends LayerSize {
  readonly type: 'watermark'
  /** Name of an image asset. */
  readonly watermark_path: string
  readonly position: WatermarkPosition
  /** 0.1 (faint) to 1 (solid). */
  readonly opacity: number
  /** Distance in pixels from the edges that `position` names, and between those that are tiled. */
  readonly margin: number
  /** Repeated from its position to all edges of the picture. */
  readonly tiled: boolean
}
