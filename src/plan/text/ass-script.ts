import type { Rgba } from '../../edit/fields/color.js'
import type { Anchor } from '../../edit/fields/placement.js'
import type { TextAlign } from '../../edit/fields/text.js'
import { formatNumber } from '../graph/format-number.js'
import type { Font } from './fonts.js'

/** Text as it is set, whatever its colours. Lengths are pixels of the canvas. */
export interface SetText {
  /** Escaped, as the text of an ASS event. */
  readonly event: string
  /** The same, with emoji in their own colours; absent: it has none. */
  readonly colouredEvent?: string
  readonly font: SetFont
  /** Side of the em square. */
  readonly sizePx: number
  /**
   * Width of the column that the lines are set in; null: no line is broken, and lines are aligned as the
   * anchor.
   */
  readonly maxWidthPx: number | null
  readonly align: TextAlign
  /** The point of the text that lies at x and y of the canvas. */
  readonly anchor: Anchor
  /**
   * Pixels from the upper edge of the first line to that of the text's tallest letter, where text begins that is
   * placed by its top.
   */
  readonly aboveInkPx: number
}

export interface SetFont {
  readonly face: Pick<Font, 'family' | 'lineHeight'>
  /** 100 to 900. libass imitates a weight, or a slant, that the font lacks. */
  readonly weight: number
  readonly isItalic: boolean
}

/** The picture that a text is drawn on, and the point of it where the text's anchor lies; in pixels. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
  /** Clockwise, about the anchor. */
  readonly rotationDeg: number
}

type Rgb = Pick<Rgba, 'red' | 'green' | 'blue'>

/** What is drawn of a text, always solid: overlapping letters would show through a transparent colour. */
export type Look =
  | {
      readonly part: 'letters'
      readonly fill: Rgb
      readonly outline: Outline | null
      /** Draws emoji in their own colours. */
      readonly isColoured?: true
    }
  | { readonly part: 'box'; readonly color: Rgb; readonly paddingPx: number }

export interface Outline {
  readonly widthPx: number
  readonly color: Rgb
}

/**
 * The ASS file that draws one text (http://www.tcax.org/docs/ass-specs.htm) on a picture of one frame. Text
 * reaches ffmpeg only in such a file: it is never part of filter syntax, and `escapeText` has made all of it
 * plain text in the file.
 */
export function textScript(text: SetText, canvas: Canvas, look: Look): string {
  const style = { ...STYLE, ...textStyle(text, canvas), ...lookStyle(look) }
  const isColoured = look.part === 'letters' && look.isColoured === true
  const event = isColoured ? (text.colouredEvent ?? text.event) : text.event
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${canvas.width}`,
    `PlayResY: ${canvas.height}`,
    `WrapStyle: ${text.maxWidthPx === null ? NO_WRAP : EVEN_LINES}`,
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    `Format: ${Object.keys(style).join(', ')}`,
    `Style: ${Object.values(style).join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    `Dialogue: 0,0:00:00.00,0:00:01.00,Text,,0,0,0,,{${overrides(text, canvas)}}${event}`,
    '',
  ].join('\n')
}

const NO_WRAP = 2
const EVEN_LINES = 0

const BLACK: Rgb = { red: 0, green: 0, blue: 0 }
const BORDER_OF_LETTERS = 1
const BOX_OF_BLOCK = 4

/** The fields of a style, in the order of its line. Those without a value here depend on the text and its look. */
const STYLE = {
  Name: 'Text',
  Fontname: '',
  Fontsize: '',
  PrimaryColour: '',
  SecondaryColour: assColor(BLACK),
  OutlineColour: '',
  BackColour: '',
  Bold: 0,
  Italic: 0,
  Underline: 0,
  StrikeOut: 0,
  ScaleX: 100,
  ScaleY: 100,
  Spacing: 0,
  Angle: 0,
  BorderStyle: BORDER_OF_LETTERS,
  Outline: '0',
  Shadow: 0,
  Alignment: 7,
  MarginL: 0,
  MarginR: 0,
  MarginV: 0,
  // A paragraph's first letter decides whether it runs from the right (libass, `ass_resolve_base_direction`).
  Encoding: -1,
}

/** Numbered like the keys of a number pad. libass aligns the lines of a block as it places the block. */
const ROWS = { top: 7, middle: 4, bottom: 1 } as const
const COLUMNS: Readonly<Record<TextAlign, number>> = { left: 0, center: 1, right: 2 }

function rowOf(anchor: Anchor): keyof typeof ROWS {
  if (anchor.startsWith('top')) return 'top'
  return anchor.startsWith('bottom') ? 'bottom' : 'middle'
}

/** The alignment that follows from an anchor. */
export function sideOf(anchor: Anchor): TextAlign {
  if (anchor.endsWith('left')) return 'left'
  return anchor.endsWith('right') ? 'right' : 'center'
}

/** The margins leave the width of the lines; a margin may be negative. */
function textStyle({ font, sizePx, maxWidthPx, align, anchor }: SetText, { width }: Canvas) {
  return {
    Fontname: font.face.family,
    Fontsize: formatNumber(sizePx * font.face.lineHeight),
    Alignment: ROWS[rowOf(anchor)] + COLUMNS[align],
    MarginR: maxWidthPx === null ? 0 : width - maxWidthPx,
  }
}

function lookStyle(look: Look) {
  if (look.part === 'box') {
    return {
      PrimaryColour: INVISIBLE,
      OutlineColour: INVISIBLE,
      BackColour: assColor(look.color),
      BorderStyle: BOX_OF_BLOCK,
      // For a box of this style, libass takes the padding from here.
      Shadow: look.paddingPx,
    }
  }
  return {
    PrimaryColour: assColor(look.fill),
    OutlineColour: assColor(look.outline?.color ?? BLACK),
    BackColour: assColor(BLACK),
    Outline: formatNumber(look.outline?.widthPx ?? 0),
  }
}

/** ASS turns counter-clockwise, about `\org`: the anchor, even where the lines begin elsewhere in their column. */
function overrides(text: SetText, { x, y, rotationDeg }: Canvas): string {
  const { font, align, anchor, maxWidthPx } = text
  const aside = ((maxWidthPx ?? 0) * (COLUMNS[align] - COLUMNS[sideOf(anchor)])) / 2
  const top = rowOf(anchor) === 'top' ? y - text.aboveInkPx : y
  const position = String.raw`\pos(${formatNumber(x + aside)},${formatNumber(top)})`
  const origin = String.raw`\org(${formatNumber(x)},${formatNumber(y)})`
  const turn = rotationDeg === 0 ? '' : String.raw`${origin}\frz${formatNumber(-rotationDeg)}`
  return String.raw`${position}${turn}\b${font.weight}\i${font.isItalic ? 1 : 0}`
}

const INVISIBLE = '&HFF000000'

/** `&HAABBGGRR`, where alpha 00 is solid. */
function assColor({ red, green, blue }: Rgb): string {
  const hex = [blue, green, red].map((channel) => channel.toString(16).padStart(2, '0'))
  return `&H00${hex.join('').toUpperCase()}`
}
