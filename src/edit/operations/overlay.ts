import Joi from 'joi'
import { type ClipEnd, clipFields, type ClipSound } from '../fields/clip.js'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, seconds, windowFields } from '../fields/common.js'
import { type Length, type Placement, placementFields } from '../fields/placement.js'
import { type LayerSize, sizeFields } from '../fields/size.js'
import { type TextAlign, textFields } from '../fields/text.js'
import { LIMITS } from '../limits.js'

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

export interface ImageOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'image'
  /** Name of an image asset. An animated GIF plays, and begins again, for as long as it is visible. */
  readonly content: string
}

export interface VideoOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'video'
  /** Name of a video asset. It begins with the window. */
  readonly content: string
  readonly at_end: ClipEnd
  readonly audio: ClipSound
  /** Decibels, of the clip's sound. */
  readonly volume_db: number
}

/** The fields of `overlay` beside its `type`. */
export const overlayFields = {
  overlay_type: Joi.string().valid('text', 'image', 'video').required(),
  content: Joi.string()
    .max(LIMITS.textLength)
    .pattern(/^[^\u0000]*$/, 'text without NUL')
    .required()
    .when('overlay_type', { not: 'text', then: assetNameSchema })
    .description('The text, or the name of an image or video asset'),
  ...placementFields,
  ...windowFields,
  fade_in: seconds().default(0).description('Seconds in which it appears, from "start_time" on'),
  fade_out: seconds()
    .default(0)
    .description('Seconds in which it vanishes, until the end of what is visible'),
  opacity: Joi.number().min(0).max(1).default(1).description('0: invisible, 1: solid'),
  rotation: Joi.number()
    .min(-360)
    .max(360)
    .default(0)
    .description(
      'Degrees clockwise: text about its anchor; an image or video is placed by the upright box around it',
    ),
  ...sizeFields('Image and video only'),
  ...clipFields,
  font_size: Joi.number()
    .integer()
    .min(1)
    .max(LIMITS.fontSizePx)
    .default(24)
    .description('Text only: pixels of the em square'),
  font_color: colorSchema()
    .default('white')
    .description('Text only: a CSS colour name, #rgb, #rrggbb or #rrggbbaa'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .default('en')
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag such as "hi" or "pt-BR"' })
    .description('Text only: language tag that chooses the font'),
  ...textFields,
}
