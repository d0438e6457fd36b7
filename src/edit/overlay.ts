import type { Placement } from './placement.js'

export type OverlayOperation = TextOverlay | ImageOverlay | VideoOverlay

/** What every overlay has, whatever it shows. */
export interface OverlayCommon extends Placement {
  readonly type: 'overlay'
  readonly start_time: number
  /** null: until the end. */
  readonly end_time: number | null
  /** Seconds at the start and the end of what is visible; 0: none. */
  readonly fade_in: number
  readonly fade_out: number
  /** 0 (invisible) to 1 (solid). */
  readonly opacity: number
  /** Degrees clockwise. Images and videos are placed by the upright box around what is turned. */
  readonly rotation: number
}

export interface TextOverlay extends OverlayCommon {
  readonly overlay_type: 'text'
  readonly content: string
  /** Pixels of the font's em square. */
  readonly font_size: number
  /** A CSS colour name, `#rgb`, `#rrggbb` or `#rrggbbaa`. */
  readonly font_color: string
  /** BCP 47 primary language subtag: it chooses the font. */
  readonly language: string
}

export interface ImageOverlay extends OverlayCommon {
  readonly overlay_type: 'image'
  /** Name of an image asset. */
  readonly content: string
}

export interface VideoOverlay extends OverlayCommon {
  readonly overlay_type: 'video'
  /** Name of a video asset. Its sound is dropped; after its end the picture below shows again. */
  readonly content: string
}
