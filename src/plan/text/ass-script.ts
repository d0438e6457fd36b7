import type { Rgba } from '../../edit/fields/color.js'
import type { Anchor } from '../../edit/fields/placement.js'
import type { TextAlign } from '../../edit/fields/text.js'
import { formatNumber } from '../graph/format-number.js'

/** Text as it is set, whatever its colours. Lengths are pixels of the picture it is set on. */
export interface SetText {
  /** Of an ASS event: escaped. */
  readonly event: string
  readonly font: SetFont
  /** Of the em square. */
  readonly sizePx: number
  /** Of the column that the lines are set in; null: they are as long as they are, and aligned as the anchor. */
  readonly maxWidthPx: number | null
  readonly align: TextAlign
  /** The point of the text that lies at x and y. */
  readonly anchor: Anchor
}

export interface SetFont {
  readonly family: string
  /** Sum of ascent and descent, in em: libass makes that the font size. */
  readonly lineHeight: number
  /** 100 to 900, and a slant: what the font lacks of them libass imitates. */
  readonly weight: number
  readonly isItalic: boolean
}

export interface Place {
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
  /** Clockwise, about the anchor. */
  readonly rotationDeg: number
}

type Rgb = Pick<Rgba, 'red' | 'green' | 'blue'>

/** What is drawn of a text, always solid: a colour that lets through would show where letters overlap. */
export type Look =
  | { readonly part: 'letters'; readonly fill: Rgb; readonly outline: Outline | null }
  | { readonly part: 'box'; readonly color: Rgb; readonly paddingPx: number }

export interface Outline {
  readonly widthPx: number
  readonly color: Rgb
}

/**
 * The ASS file that draws one text (http://www.tcax.org/docs/ass-specs.htm) on a picture of one frame.
 * Text reaches ffmpeg in a file alone: it is never filter syntax, and in the file nothing of it is markup.
 */
export function textScript(text: SetText, place: Place, look: Look): string {
  const style = { ...STYLE, ...textStyle(text, place), ...lookStyle(look) }
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${place.width}`,
    `PlayResY: ${place.height}`,
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
    `Dialogue: 0,0:00:00.00,0:00:01.00,Text,,0,0,0,,{${overrides(text, place)}}${text.event}`,
    '',
  ].join('\n')
}

const NO_WRAP = 2
const EVEN_LINES = 0

const BLACK: Rgb = { red: 0, green: 0, blue: 0 }
const BORDER_OF_LETTERS = 1
const BOX_OF_BLOCK = 4

/** `Encoding` -1 lets a paragraph's first letter decide whether it runs from the right (libass, `ass_resolve_base_direction`). */
const STYLE = {
  Name: 'Text',
  ...{ Fontname: '', Fontsize: '' },
  ...{ PrimaryColour: '', SecondaryColour: assColor(BLACK), OutlineColour: '', BackColour: '' },
  ...{ Bold: 0, Italic: 0, Underline: 0, StrikeOut: 0, ScaleX: 100, ScaleY: 100, Spacing: 0, Angle: 0 },
  ...{ BorderStyle: BORDER_OF_LETTERS, Outline: '0', Shadow: 0, Alignment: 7 },
  ...{ MarginL: 0, MarginR: 0, MarginV: 0, Encoding: -1 },
}

/** As the keys of a number pad lie: libass aligns lines as it places their block. */
const ROWS = { top: 7, middle: 4, bottom: 1 } as const
const COLUMNS: Readonly<Record<TextAlign, number>> = { left: 0, center: 1, right: 2 }

function rowOf(anchor: Anchor): keyof typeof ROWS {
  if (anchor.startsWith('top')) return 'top'
  return anchor.startsWith('bottom') ? 'bottom' : 'middle'
}

/** The alignment that an anchor has of its own. */
export function sideOf(anchor: Anchor): TextAlign {
  if (anchor.endsWith('left')) return 'left'
  return anchor.endsWith('right') ? 'right' : 'center'
}

/** The lines' width is what the margins leave of the picture; a margin may be negative. */
function textStyle({ font, sizePx, maxWidthPx, align, anchor }: SetText, { width }: Place) {
  return {
    Fontname: font.family,
    Fontsize: formatNumber(sizePx * font.lineHeight),
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
      // libass takes the padding of such a box from here.
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

/** ASS turns counter-clockwise, and about the anchor, though the lines begin elsewhere in their column. */
function overrides(text: SetText, { x, y, rotationDeg }: Place): string {
  const { font, align, anchor, maxWidthPx } = text
  const aside = ((maxWidthPx ?? 0) * (COLUMNS[align] - COLUMNS[sideOf(anchor)])) / 2
  const position = String.raw`\pos(${formatNumber(x + aside)},${formatNumber(y)})`
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
