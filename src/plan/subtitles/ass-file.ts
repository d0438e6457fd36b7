import type { Timeline } from '../frames/timeline.js'

/** A style of an ASS file that Cutroom writes (http://www.tcax.org/docs/ass-specs.htm). */
export interface AssStyle {
  readonly name: string
  readonly family: string
  /** Pixels from ascent to descent, which libass takes for the font size. */
  readonly lineHeight: number | string
  /** `&HAABBGGRR`, where alpha 00 is solid. */
  readonly color: string
  readonly outlineColor: string
  readonly backColor: string
  readonly isBold: boolean
  /** 1: letters with an outline; 4: and a box around all of the text. */
  readonly borderStyle: 1 | 4
  readonly outline: number | string
  /** With border style 4: the padding between letters and box. */
  readonly shadow: number | string
  /** Numbered like the keys of a numeric keypad. */
  readonly alignment: number
  readonly marginX: number
  readonly marginY: number
}

const FORMAT =
  'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
  'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
  'MarginR, MarginV, Encoding'

function styleLine(style: AssStyle): string {
  const { name, family, lineHeight, color, outlineColor, backColor } = style
  const { isBold, borderStyle, outline, shadow, alignment, marginX, marginY } = style
  const font = [name, family, lineHeight]
  const colors = [color, color, outlineColor, backColor]
  // Italic, underline, strike-out, both scales, spacing and angle are those of plain text.
  const shape = [isBold ? -1 : 0, 0, 0, 0, 100, 100, 0, 0]
  const border = [borderStyle, outline, shadow]
  // Encoding -1 lets a line's first letter decide whether it runs from the right.
  const layout = [alignment, marginX, marginX, marginY, -1]
  return `Style: ${[...font, ...colors, ...shape, ...border, ...layout].join(',')}`
}

/**
 * An ASS file with a picture size, styles and events.
 * @param events `Dialogue:` lines, with the fields of the format below
 */
export function assFile(
  { width, height }: Pick<Timeline, 'width' | 'height'>,
  styles: readonly AssStyle[],
  events: readonly string[],
): string {
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${width}`,
    `PlayResY: ${height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    FORMAT,
    ...styles.map(styleLine),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n')
}

/** Hundredths of a second, written like `0:01:02.50`. */
export function assTime(hundredths: number): string {
  const [minutes, hours] = [Math.floor(hundredths / 6000), Math.floor(hundredths / 360_000)]
  const digits = (value: number) => String(value).padStart(2, '0')
  return `${hours}:${digits(minutes % 60)}:${digits(Math.floor(hundredths / 100) % 60)}.${digits(hundredths % 100)}`
}
