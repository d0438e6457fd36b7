import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, windowFields } from '../fields/common.js'
import { LIMITS } from '../limits.js'

/** Burns a file of subtitles into the picture. */
export interface SubtitlesOperation {
  readonly type: 'subtitles'
  /** Name of a subtitle asset. */
  readonly subtitles: string
  /** BCP 47 language tag: it chooses the font. */
  readonly language: string
  /** Seconds that every cue is shown later; negative: earlier. */
  readonly offset: number
  /** Seconds of the timeline in which cues are shown, [start_time, end_time). */
  readonly start_time: number
  /** null: until the end. */
  readonly end_time: number | null
  /** Of an ASS or SSA file: sets its text in the style below, not in the file's own. */
  readonly restyle: boolean
  /** Pixels of the font's em square; null: by the picture's size. */
  readonly font_size: number | null
  readonly font_color: string
  readonly bold: boolean
  readonly outline_color: string
  /** Pixels around the letters; null: by the font's size. */
  readonly outline_width: number | null
  /** Of a box behind each cue; null: none. */
  readonly box_color: string | null
  /** Where cues go that do not say it themselves. */
  readonly position: 'bottom' | 'top'
  /** Pixels from the picture's upper and lower edge; null: by the picture's height. */
  readonly margin: number | null
}

const pixels = (min: number, max: number) => Joi.number().integer().min(min).max(max)

/** The fields of `subtitles` beside its `type`. */
export const subtitlesFields = {
  subtitles: assetNameSchema.required().description('Name of a subtitle asset: SRT, WebVTT, ASS or SSA'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .default('en')
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag such as "hi" or "pt-BR"' })
    .description('Language tag that chooses the font'),
  offset: Joi.number()
    .min(-LIMITS.durationSec)
    .max(LIMITS.durationSec)
    .default(0)
    .description('Seconds that every cue is shown later; negative: earlier'),
  start_time: windowFields.start_time.description('First moment that shows cues, in seconds'),
  end_time: windowFields.end_time.description(
    'First moment that no longer shows cues, in seconds; null: the end',
  ),
  restyle: Joi.boolean()
    .strict()
    .default(false)
    .description("ASS and SSA only: use the fields below, not the file's own styles and positions"),
  font_size: pixels(1, LIMITS.fontSizePx)
    .allow(null)
    .default(null)
    .description("Pixels of the em square; null: an 18th of the picture's shorter side"),
  font_color: colorSchema().default('white').description('Of text that the file gives no colour'),
  bold: Joi.boolean().strict().default(false),
  outline_color: colorSchema().default('black'),
  outline_width: Joi.number()
    .min(0)
    .max(100)
    .allow(null)
    .default(null)
    .description('Pixels around the letters; null: a 16th of the font size'),
  box_color: colorSchema().allow(null).default(null).description('Of a box behind each cue; null: none'),
  position: Joi.string()
    .valid('bottom', 'top')
    .default('bottom')
    .description('Where cues go that do not say it themselves'),
  margin: pixels(0, LIMITS.positionPx)
    .allow(null)
    .default(null)
    .description("Pixels from the picture's upper and lower edge; null: a 20th of its height"),
}
