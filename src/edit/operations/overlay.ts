import Joi from 'joi'
import { type ClipEnd, clipFields, type ClipSound } from '../fields/clip.js'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, seconds, windowFields } from '../fields/common.js'
import { type Length, type Placement, placementFields } from '../fields/placement.js'
import { type LayerSize, sizeFields } from '../fields/size.js'
import { type EmojiStyle, type TextAlign, textFields, type TextFit } from '../fields/text.js'
import { LIMITS } from '../limits.js'

export type OverlayOperation = TextOverlay | ImageOverlay | VideoOverlay

/** Fields of every overlay. */
export interface OverlayCommon extends Placement {
  readonly type: 'overlay'
  readonly start_time: number
  /** null: the end of the timeline. */
  readonly end_time: number | null
  /** Seconds at the start and the end of the time in which it is visible; 0: no fade. */
  readonly fade_in: number
  readonly fade_out: number
  /** 0 (invisible) to 1 (opaque). */
  readonly opacity: number
  /** Degrees clockwise. Images and videos are placed by the upright box around the rotated picture. */
  readonly rotation: number
}

export interface TextOverlay extends OverlayCommon {
  readonly overlay_type: 'text'
  readonly content: string
  /** Pixels of the font's em square. */
  readonly font_size: number
  /** A CSS colour name, `#rgb`, `#rrggbb` or `#rrggbbaa`. */
  readonly font_color: string
  /** BCP 47 language tag, which chooses the font. */
  readonly language: string
  /** Name of a font asset; null: the shipped font of the language. */
  readonly font: string | null
  /** Faces that the font lacks are imitated. */
  readonly bold: boolean
  readonly italic: boolean
  /** Pixels around the letters. */
  readonly outline_width: number
  readonly outline_color: string
  /** Colour of a box behind the whole text; null: no box. */
  readonly box_color: string | null
  /** Pixels from the text to the box's edge; null: a quarter of the font size. */
  readonly box_padding: number | null
  /** Alignment of the lines in `max_width`; null: by the anchor and the script. */
  readonly align: TextAlign | null
  /** Width of the lines, which wrap if they are longer; null: up to the edge of the picture. */
  readonly max_width: Length | null
  /** How emoji are drawn. Edits of older versions lack this, and draw them in the colour of the text. */
  readonly emoji?: EmojiStyle
  /** What becomes of text that is larger than its room. Edits of older versions lack this, and wrap. */
  readonly fit?: TextFit
  /** Lines of text that shrinks or is cut; null: as many as the picture has room for. */
  readonly max_lines?: number | null
}

export interface ImageOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'image'
  /** Name of an image asset. An animated one is played as often as it says, and then holds its last frame. */
  readonly content: string
}

export interface VideoOverlay extends OverlayCommon, LayerSize {
  readonly overlay_type: 'video'
  /** Name of a video asset. It starts at `start_time`. */
  readonly content: string
  readonly at_end: ClipEnd
  readonly audio: ClipSound
  /** Gain of the clip's sound in decibels. */
  readonly volume_db: number
}

const CONTENT = 'The text, or the name of an image or video asset'

const shownText = () =>
  Joi.string()
    .max(LIMITS.textLength)
    .pattern(/^[^\u0000]*$/, 'text without NUL')

/** The fields of `overlay` without `type`. */
export const overlayFields = {
  overlay_type: Joi.string()
    .valid('text', 'image', 'video')
    .required()
    .description('What is laid over the picture. Fields of the other kinds are ignored'),
  content: shownText()
    .required()
    .when('overlay_type', { not: 'text', then: assetNameSchema })
    .description(CONTENT),
  ...placementFields,
  ...windowFields,
  fade_in: seconds().default(0).description('Seconds of its fade-in, from "start_time" on'),
  fade_out: seconds().default(0).description('Seconds of its fade-out, until it disappears'),
  opacity: Joi.number().min(0).max(1).default(1).description('0: invisible, 1: opaque'),
  rotation: Joi.number()
    .min(-360)
    .max(360)
    .default(0)
    .description(
      'Degrees clockwise: text rotates about its anchor; an image or video is placed by the upright box around it',
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
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag, e.g. "hi" or "pt-BR"' })
    .description('Text only: language tag that chooses the font'),
  ...textFields,
}

const COMMON = [
  ...(['anchor', 'position_x', 'position_y', 'start_time', 'end_time'] as const),
  ...(['fade_in', 'fade_out', 'opacity', 'rotation'] as const),
]

/** The fields of each kind of overlay without `type`, for the API's document. */
export const OVERLAY_FORMS: Readonly<Record<OverlayOperation['overlay_type'], Joi.PartialSchemaMap>> = {
  text: {
    ...formOf('text', shownText().required().description('The text')),
    ...pick(['font_size', 'font_color', 'language']),
    ...textFields,
  },
  image: {
    ...formOf('image', assetNameSchema.required().description('Name of an image asset')),
    ...pick(['width', 'height']),
  },
  video: {
    ...formOf('video', assetNameSchema.required().description('Name of a video asset')),
    ...pick(['width', 'height']),
    ...clipFields,
  },
}

function formOf(kind: OverlayOperation['overlay_type'], content: Joi.Schema): Joi.PartialSchemaMap {
  const overlayType = Joi.string().valid(kind).required().description('The kind of overlay')
  return { overlay_type: overlayType, content, ...pick(COMMON) }
}

function pick(names: readonly (keyof typeof overlayFields)[]): Joi.PartialSchemaMap {
  return Object.fromEntries(names.map((name) => [name, overlayFields[name]]))
}
