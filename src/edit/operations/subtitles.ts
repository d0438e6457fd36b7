import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, windowFields } from '../fields/common.js'
import { LIMITS } from '../limits.js'

/** Burns a file of subtitles into the picture. */
export interface SubtitlesOperation {
  readonly type: 'subtitles'
  /** Name of a subtitle asset. */
  readonly subtitles: string
  /** BCP 47 language tag, which chooses the font. */
  readonly language: string
  /** Seconds that every cue is shown later; negative: earlier. */
  readonly offset: number
  /** Cues are shown in [start_time, end_time) of the timeline, in seconds. */
  readonly start_time: number
  /** null: the end of the timeline. */
  readonly end_time: number | null
  /** Shows the text of an ASS or SSA file in the style below, and not in the file's own. */
  readonly restyle: boolean
  /** Pixels of the font's em square; null: by the size of the picture. */
  readonly font_size: number | null
  readonly font_color: string
  readonly bold: boolean
  readonly outline_color: string
  /** Pixels around the letters; null: by the size of the font. */
  readonly outline_width: number | null
  /** Colour of a box behind each cue; null: no box. */
  readonly box_color: string | null
  /** Where cues without a position of their own go. */
  readonly position: 'bottom' | 'top'
  /** Pixels from the picture's upper and lower edge; null: by the height of the picture. */
  readonly margin: number | null
}

const pixels = (min: number, max: number) => Joi.number().integer().min(min).max(max)

/** The fields of `subtitles` without `type`. */
export const subtitlesFields = {
  subtitles: assetNameSchema.required().description('Name of a subtitle asset'),
  language: Joi.string()
    .pattern(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .max(35)
    .default('en')
    .messages({ 'string.pattern.base': '{{#label}} must be a language tag, e.g. "hi" or "pt-BR"' })
    .description('Language tag that chooses the font'),
  offset: Joi.number()
    .min(-LIMITS.durationSec)
    .max(LIMITS.durationSec)
    .default(0)
    .description('Seconds by which every cue is shown later; negative: earlier'),
  start_time: windowFields.start_time.description('Start of the time in which cues are shown, in seconds'),
  end_time: windowFields.end_time.description(
    'End of the time in which cues are shown (exclusive), in seconds; null: the end',
  ),
  restyle: Joi.boolean()
    .strict()
    .default(false)
    .description("ASS and SSA only: use the fields below, not the file's own styles and positions"),
  font_size: pixels(1, LIMITS.fontSizePx)
    .allow(null)
    .default(null)
    .description("Pixels of the em square; null: an 18th of the picture's shorter side"),
  font_color: colorSchema().default('white').description('Colour of text that has none in the file'),
  bold: Joi.boolean().strict().default(false),
  outline_color: colorSchema().default('black'),
  outline_width: Joi.number()
    .min(0)
    .max(100)
    .allow(null)
    .default(null)
    .description('Pixels around the letters; null: a 16th of the font size'),
  box_color: colorSchema()
    .allow(null)
    .default(null)
    .description('Colour of a box behind each cue; null: no box'),
  position: Joi.string()
    .valid('bottom', 'top')
    .default('bottom')
    .description('Where cues without a position of their own go'),
  margin: pixels(0, LIMITS.positionPx)
    .allow(null)
    .default(null)
    .description("Pixels from the picture's upper and lower edge; null: a 20th of its height"),
}
