import { formatNumber } from '../graph/format-number.js'
import { escapeRun } from './ass-text.js'
import { type FontRun, fontRuns } from './font-runs.js'
import { EMOJI_FAMILY, type Font } from './fonts.js'
import { type EmojiPaint, setEmoji, type SetPart } from './set-emoji.js'

/** The font of a text and its size. */
export interface Setting {
  readonly font: Font
  /** Pixels of the em square. */
  readonly sizePx: number
  /** Lines run downwards: a font whose name begins with @ has its letters of East Asia turned back. */
  readonly isVertical?: boolean
  /** null: emoji have no colours of their own. Lines that run downwards have none in any case. */
  readonly emoji?: EmojiPaint | null
}

/** What joins several characters to one emoji. */
const JOINER = /[\u20e3\u200d]/

/**
 * libass takes a digit and the key around it, or two persons and their joiner, for different scripts, and draws them
 * beside each other, unless a letter of some script comes before them. This one takes no room.
 */
const INVISIBLE_LETTER = '\u115f'

/**
 * The text of an ASS event, in the fonts that have its letters, all of them with the same em square. At its end the
 * font is that of the text.
 * @param prepared a text, or a part of it, as `prepareText` gives it
 */
export function setRuns(prepared: string, setting: Setting): string {
  const isAlone = !/\p{L}/u.test(prepared)
  let current: SetPart['font'] = setting.font
  const parts = fontRuns(prepared, setting.font).flatMap((run) => setRun(run, setting, isAlone))
  const set = parts.map(({ event, font }) => {
    const change = font === current ? '' : fontChange(font, setting)
    current = font
    return change + event
  })
  return set.join('') + (current === setting.font ? '' : fontChange(setting.font, setting))
}

function setRun({ text, font }: FontRun, setting: Setting, isAlone: boolean): readonly SetPart[] {
  const { emoji = null, isVertical = false } = setting
  const setOne = (part: string): SetPart => ({
    event: escapeRun(isAlone && JOINER.test(part) ? INVISIBLE_LETTER + part : part),
    font,
  })
  const hasColours = emoji !== null && !isVertical && font.family === EMOJI_FAMILY
  return hasColours ? setEmoji(text, emoji, setOne) : [setOne(text)]
}

function fontChange(
  { family, lineHeight }: SetPart['font'],
  { sizePx, isVertical = false }: Setting,
): string {
  return String.raw`{\fn${isVertical ? '@' : ''}${family}\fs${formatNumber(sizePx * lineHeight)}}`
}
