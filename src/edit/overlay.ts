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
