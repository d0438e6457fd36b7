import { parseColor, type Rgba } from '../../edit/fields/color.js'
import type { SubtitlesOperation } from '../../edit/operations/subtitles.js'
import type { FrameWindow } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { formatNumber } from '../graph/format-number.js'
import { escapeText } from '../text/ass-text.js'
import { fontFor } from '../text/fonts.js'
import { assFile, type AssStyle } from './ass-file.js'
import type { CuePosition, CueText, SpanStyle } from './cue.js'
import { frameTimes } from './frame-clock.js'

/** A cue with the frames that show it. */
export interface ShownCue extends CueText {
  readonly window: FrameWindow
}

const STYLE = 'Cue'

/** The defaults: shares of the picture for size and margin, of the font size for outline and padding. */
const SIZE_SHARE = 1 / 18
const MARGIN_SHARE = 1 / 20
const OUTLINE_SHARE = 1 / 16
const PADDING_SHARE = 1 / 5

/** The ASS file that draws cues on a picture, for the clock of `frameTimes`. Nothing in their text is markup. */
export function cueScript(
  op: SubtitlesOperation,
  picture: Pick<Timeline, 'width' | 'height'>,
  cues: readonly ShownCue[],
): string {
  const events = cues.map((cue) => {
    const { left, right } = margins(cue.position, picture)
    const text = `{\\an${alignment(cue.position, op.position)}}${eventText(cue, op)}`
    return `Dialogue: 0,${frameTimes(cue.window)},${STYLE},,${left},${right},0,,${text}`
  })
  return assFile(picture, [cueStyle(op, picture)], events)
}

function cueStyle(op: SubtitlesOperation, { width, height }: Pick<Timeline, 'width' | 'height'>): AssStyle {
  const font = fontFor(op.language)
  const size = op.font_size ?? Math.max(1, Math.round(Math.min(width, height) * SIZE_SHARE))
  return {
    name: STYLE,
    family: font.family,
    lineHeight: formatNumber(size * font.lineHeight),
    color: styleColor(parseColor(op.font_color)),
    outlineColor: styleColor(parseColor(op.outline_color)),
    backColor: styleColor(parseColor(op.box_color ?? 'black')),
    isBold: op.bold,
    borderStyle: op.box_color === null ? 1 : 4,
    outline: formatNumber(op.outline_width ?? size * OUTLINE_SHARE),
    shadow: op.box_color === null ? 0 : formatNumber(size * PADDING_SHARE),
    alignment: 2,
    marginX: Math.round(width * MARGIN_SHARE),
    marginY: op.margin ?? Math.round(height * MARGIN_SHARE),
  }
}

/**
 * Separates spans while their text is escaped: a noncharacter of Unicode, which is removed from all text
 * before.
 */
const SEAM = '\ufdd0'

/** Escapes the text of all spans together, then puts the style of each in front of it. */
function eventText({ spans }: CueText, op: SubtitlesOperation): string {
  const joined = spans.map(({ text }) => text.replaceAll(SEAM, '')).join(SEAM)
  const texts = escapeText(joined, true).split(SEAM)
  return spans
    .map(
      ({ style }, index) => `${overrides(style, spans[index - 1]?.style ?? null, op)}${texts[index] ?? ''}`,
    )
    .join('')
}

/** The override block with what changes from one span to the next. */
function overrides(style: SpanStyle, before: SpanStyle | null, op: SubtitlesOperation): string {
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

function alignment({ vertical, horizontal }: CuePosition, position: SubtitlesOperation['position']): number {
  const row = { bottom: 1, middle: 4, top: 7 }[vertical ?? position]
  return row + { left: 0, center: 1, right: 2 }[horizontal]
}

/** The event's own margins in pixels; 0: those of the style. */
function margins(
  { horizontal, edgePercent }: CuePosition,
  { width }: Pick<Timeline, 'width'>,
): { left: number; right: number } {
  if (edgePercent === null) return { left: 0, right: 0 }
  const left = Math.round((width * edgePercent) / 100)
  // A margin of 0 would be the style's.
  return horizontal === 'left'
    ? { left: Math.max(1, left), right: 0 }
    : { left: 0, right: Math.max(1, width - left) }
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
