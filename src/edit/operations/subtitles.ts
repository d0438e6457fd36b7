import Joi from 'joi'
import { colorSchema } from '../fields/color.js'
import { assetNameSchema, windowFields } from '../fields/common.js'
import { languageSchema } from '../fields/language.js'
import { emojiSchema, type EmojiStyle } from '../fields/text.js'
import { LIMITS } from '../limits.js'
import { byPreset, PRESET_NOTES, SUBTITLE_PRESETS, type SubtitlePreset } from './subtitle-presets.js'

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
  /** What the fields have that the edit does not name: only the schema looks at it. Absent and null: no preset. */
  readonly preset?: SubtitlePreset | null
  /** Pixels of the font's em square; null: by the size of the picture. */
  readonly font_size: number | null
  /** Factor for a font size that goes by the picture. Edits of older versions lack this and what follows: 1. */
  readonly font_scale?: number
  /** So much of a cue is shown at a time, divided by the times of its words; null: all of it. */
  readonly max_words?: number | null
  readonly max_chars?: number | null
  readonly upper_case?: boolean
  readonly font_color: string
  /** Colour of the word that is spoken; null: it is not highlighted. Edits of older versions lack it. */
  readonly highlight_color?: string | null
  /** How emoji are drawn. Edits of older versions lack this, and draw them in the colour of the text. */
  readonly emoji?: EmojiStyle
  readonly bold: boolean
  readonly outline_color: string
  /** Pixels around the letters; null: by the size of the font. */
  readonly outline_width: number | null
  /** Colour of a box behind each cue; null: no box. */
  readonly box_color: string | null
  /** Where cues without a position of their own go. */
  readonly position: 'bottom' | 'top' | 'center'
  /** Pixels from the picture's upper and lower edge; null: by the height of the picture. */
  readonly margin: number | null
}

const pixels = (min: number, max: number) => Joi.number().integer().min(min).max(max)

/** The fields of `subtitles` without `type`. */
export const subtitlesFields = {
  subtitles: assetNameSchema.required().description('Name of a subtitle asset'),
  language: languageSchema().default('en').description('Language tag that chooses the font'),
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
  preset: Joi.string()
    .valid(...SUBTITLE_PRESETS)
    .allow(null)
    .default(null)
    .description(
      `A look, of which every field can be given besides. ${SUBTITLE_PRESETS.map((name) => `"${name}": ${PRESET_NOTES[name]}`).join('; ')}`,
    ),
  font_size: pixels(1, LIMITS.fontSizePx)
    .allow(null)
    .default(null)
    .description("Pixels of the em square; null: an 18th of the picture's shorter side"),
  font_scale: Joi.number()
    .min(0.25)
    .max(6)
    .default(byPreset('font_scale'))
    .description('Factor for the font size when "font_size" is null; 1 unless the preset has another'),
  max_words: pixels(1, 50)
    .allow(null)
    .default(byPreset('max_words'))
    .description(
      'The most words of a cue that are shown at a time, in one run of text; null, and the default without a preset: all. ' +
        'A part begins when its first word is spoken, by the times of words that the file has or else by their length',
    ),
  max_chars: pixels(1, 500)
    .allow(null)
    .default(byPreset('max_chars'))
    .description(
      'The same for letters, blanks included; a longer word stands alone. null, and the default without a preset: any number',
    ),
  upper_case: Joi.boolean().strict().default(false).description('In capitals, by the rules of "language"'),
  font_color: colorSchema().default('white').description('Colour of text that has none in the file'),
  highlight_color: colorSchema()
    .allow(null)
    .default(byPreset('highlight_color'))
    .description(
      'Colour of the word that is spoken, in files that have the times of words: WebVTT with times like ' +
        '<00:01.500> in its cues, and ASS with karaoke (\\k) and "restyle"; null: no word is highlighted',
    ),
  emoji: emojiSchema().description(
    '"color": emoji have colours of their own; "mono": they are drawn in the colour of the text. Not for ASS and SSA in ' +
      "the file's own styles, and not in vertical lines: there they have the colour of the text",
  ),
  bold: Joi.boolean()
    .strict()
    .default(byPreset('bold'))
    .description('false unless the preset says otherwise'),
  outline_color: colorSchema().default('black').description('Colour of the outline of the letters'),
  outline_width: Joi.number()
    .min(0)
    .max(100)
    .allow(null)
    .default(byPreset('outline_width'))
    .description('Pixels around the letters; null: a 16th of the font size'),
  box_color: colorSchema()
    .allow(null)
    .default(byPreset('box_color'))
    .description('Colour of a box behind each cue; null, and the default without a preset: no box'),
  position: Joi.string()
    .valid('bottom', 'top', 'center')
    .default(byPreset('position'))
    .description(
      'Where cues without a position of their own go, by default to the bottom. "center": the middle of the picture, for ' +
        'all cues, wherever the file puts them',
    ),
  margin: pixels(0, LIMITS.positionPx)
    .allow(null)
    .default(null)
    .description("Pixels from the picture's upper and lower edge; null: a 20th of its height"),
}
