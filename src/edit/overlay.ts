import type { Length, Placement } from './placement.js'
import type { LayerSize } from './size.js'

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
  /** Name of a font asset; null: the shipped font of the language. */
  readonly font: string | null
  /** A font that has no such face gets it imitated. */
  readonly bold: boolean
  readonly italic: boolean
  /** Pixels around the letters. */
  readonly outline_width: number
  readonly outline_color: string
  /** Of a box behind the whole text; null: none. */
  readonly box_color: string | null
  /** Pixels from the text to the box's edge; null: a quarter of the font size. */
  readonly box_padding: number | null
  /** Of the lines in `max_width`; null: as the anchor and the script have it. */
  readonly align: TextAlign | null
  /** Of the column that the lines are set in: longer ones wrap; null: there is none. */
  readonly max_width: Length | null
}

export const TEXT_ALIGNS = ['left', 'center', 'right'] as const

export type TextAlign = (typeof TEXT_ALIGNS)[number]

export interface ImageOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'image'
  /** Name of an image asset. An animated GIF plays, and begins again, for as long as it is visible. */
  readonly content: string
}

export const CLIP_ENDS = ['hide', 'hold', 'loop'] as const

/** What shows of a clip that ends before its window: the picture below, its last frame, or itself once more. */
export type ClipEnd = (typeof CLIP_ENDS)[number]

export const CLIP_SOUNDS = ['drop', 'mix', 'replace'] as const

/** `replace`: for as long as the clip is visible, its sound alone is heard. */
export type ClipSound = (typeof CLIP_SOUNDS)[number]

export interface VideoOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'video'
  /** Name of a video asset. It begins with the window. */
  readonly content: string
  readonly at_end: ClipEnd
  readonly audio: ClipSound
  /** Decibels, of the clip's sound. */
  readonly volume_db: number
}
