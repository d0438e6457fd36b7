import { parseColor, type Rgba } from '../../edit/fields/color.js'
import { LIMITS } from '../../edit/limits.js'
import type { SubtitlesOperation } from '../../edit/operations/subtitles.js'
import type { FrameWindow } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { formatNumber } from '../graph/format-number.js'
import { prepareText } from '../text/ass-text.js'
import { type Font, fontFor } from '../text/fonts.js'
import type { EmojiPaint } from '../text/set-emoji.js'
import { setRuns, type Setting } from '../text/set-runs.js'
import { assFile, type AssStyle } from './ass-file.js'
import type { CueText, Span, SpanStyle } from './cue.js'
import { frameTimes } from './frame-clock.js'
import type { Page } from './placing/page.js'
import { placeCues } from './placing/place-cues.js'
import { eventPlace } from './placing/place-event.js'

/** A cue with the frames that show it. */
export interface ShownCue extends CueText {
  readonly window: FrameWindow
}

type Picture = Pick<Timeline, 'width' | 'height'>

const STYLE = 'Cue'

/** The defaults: shares of the picture for size and margin, of the font size for outline and padding. */
const SIZE_SHARE = 1 / 18
const MARGIN_SHARE = 1 / 20
const OUTLINE_SHARE = 1 / 16
const PADDING_SHARE = 1 / 5

/** The ASS file that draws cues on a picture, for the clock of `frameTimes`. Nothing in their text is markup. */
export function cueScript(op: SubtitlesOperation, picture: Picture, cues: readonly ShownCue[]): string {
  const font = fontFor(op.language)
  const page = pageOf(op, picture, font)
  const timed = cues.map(({ window, position, spans }) => ({ window, position, text: joinSpans(spans) }))
  const events = placeCues(timed, page).map((placed) => {
    const spans = cues[placed.index]?.spans ?? []
    const { marginLeft, marginRight, marginVertical, overrides } = eventPlace(placed, page, font.family)
    const margins = `${marginLeft},${marginRight},${marginVertical}`
    const isVertical = placed.place.from === 'right'
    const setting = { font, sizePx: page.fontSize, isVertical }
    const text = `{${overrides}}${eventText(placed.text, spans, op, setting)}`
    return `Dialogue: 0,${frameTimes(placed.window)},${STYLE},,${margins},,${text}`
  })
  return assFile(picture, [cueStyle(op, page, font)], events)
}

function pageOf(op: SubtitlesOperation, { width, height }: Picture, font: Font): Page {
  const fontSize = op.font_size ?? automaticSize(op, Math.min(width, height))
  return {
    width,
    height,
    fontSize,
    font,
    lineHeight: fontSize * font.lineHeight,
    isBold: op.bold,
    sideMargin: Math.round(width * MARGIN_SHARE),
    margin: op.margin ?? Math.round(height * MARGIN_SHARE),
    padding: op.box_color === null ? 0 : fontSize * PADDING_SHARE,
    position: op.position === 'top' ? 'top' : 'bottom',
  }
}

function automaticSize({ font_scale = 1 }: SubtitlesOperation, side: number): number {
  const size = Math.round(side * SIZE_SHARE * font_scale)
  return Math.min(Math.max(1, size), LIMITS.fontSizePx)
}

/** Margins are those of each event. */
function cueStyle(op: SubtitlesOperation, { fontSize, lineHeight, padding }: Page, font: Font): AssStyle {
  return {
    name: STYLE,
    family: font.family,
    lineHeight: formatNumber(lineHeight),
    color: styleColor(parseColor(op.font_color)),
    outlineColor: styleColor(parseColor(op.outline_color)),
    backColor: styleColor(parseColor(op.box_color ?? 'black')),
    isBold: op.bold,
    borderStyle: op.box_color === null ? 1 : 4,
    outline: formatNumber(op.outline_width ?? fontSize * OUTLINE_SHARE),
    shadow: formatNumber(padding),
    alignment: 2,
    marginX: 0,
    marginY: 0,
  }
}

/**
 * Separates spans while their text is escaped: a noncharacter of Unicode, which is removed from all text
 * before.
 */
const SEAM = '\ufdd0'

function joinSpans(spans: readonly Span[]): string {
  return spans.map(({ text }) => text.replaceAll(SEAM, '')).join(SEAM)
}

/** Prepares the text of all spans together, then puts the style of each in front of it. */
function eventText(joined: string, spans: readonly Span[], op: SubtitlesOperation, setting: Setting): string {
  const texts = prepareText(joined, true).split(SEAM)
  return spans
    .map(({ style }, index) => {
      const overrides = styleOverrides(style, spans[index - 1]?.style ?? null, op)
      return overrides + setRuns(texts[index] ?? '', { ...setting, emoji: emojiPaint(op, style) })
    })
    .join('')
}

/** Emoji are opaque, since one layer would show through another. */
function emojiPaint(op: SubtitlesOperation, { color }: SpanStyle): EmojiPaint | null {
  if ((op.emoji ?? 'mono') === 'mono') return null
  const fill = color === null ? '' : inlineColor(parseColor(color))
  return { kind: 'colours', restore: String.raw`\1c${fill}\1a`, spreads: false }
}

/** The override block with what changes from one span to the next. */
function styleOverrides(style: SpanStyle, before: SpanStyle | null, op: SubtitlesOperation): string {
  const flag = (name: keyof SpanStyle, tag: string, base = false) => {
    const [now, was] = [Boolean(style[name]) || base, before ? Boolean(before[name]) || base : base]
    return now === was ? '' : `\\${tag}${now ? 1 : 0}`
  }
  const color =
    style.color === (before?.color ?? null)
      ? ''
      : `\\c${inlineColor(parseColor(style.color ?? op.font_color))}`
  const changes = [
    flag('bold', 'b', op.bold),
    flag('italic', 'i'),
    flag('underline', 'u'),
    flag('strike', 's'),
    color,
  ]
  return changes.some(Boolean) ? `{${changes.join('')}}` : ''
}

function styleColor({ alpha, ...color }: Rgba): string {
  return `&H${hex(255 - alpha)}${bgr(color)}`
}

function inlineColor(color: Rgba): string {
  return `&H${bgr(color)}&`
}

function bgr({ red, green, blue }: Pick<Rgba, 'red' | 'green' | 'blue'>): string {
  return [blue, green, red].map(hex).join('')
}

function hex(channel: number): string {
  return channel.toString(16).padStart(2, '0').toUpperCase()
}
