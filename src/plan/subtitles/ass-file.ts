import type { Timeline } from '../frames/timeline.js'

/** Lines of an ASS file of ours (http://www.tcax.org/docs/ass-specs.htm). */
export interface AssStyle {
  readonly name: string
  readonly family: string
  /** Pixels from a line's ascent to its descent, as libass has it. */
  readonly lineHeight: number | string
  /** `&HAABBGGRR`, where alpha 00 is solid. */
  readonly color: string
  readonly outlineColor: string
  readonly backColor: string
  readonly isBold: boolean
  /** 1: letters with an outline; 4: and a box around the whole of it. */
  readonly borderStyle: 1 | 4
  readonly outline: number | string
  /** Of border style 4: what the box leaves around the letters. */
  readonly shadow: number | string
  /** As on a numeric keypad. */
  readonly alignment: number
  readonly marginX: number
  readonly marginY: number
}

const FORMAT =
  'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
  'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
  'MarginR, MarginV, Encoding'

/** Encoding -1 lets a line's first letter decide whether it runs from the right. */
function styleLine(style: AssStyle): string {
  const { color, outlineColor, backColor } = style
  const fields = [
    ...[style.name, style.family, style.lineHeight, color, color, outlineColor, backColor],
    ...[style.isBold ? -1 : 0, 0, 0, 0, 100, 100, 0, 0],
    ...[style.borderStyle, style.outline, style.shadow, style.alignment],
    ...[style.marginX, style.marginX, style.marginY, -1],
  ]
  return `Style: ${fields.join(',')}`
}

/** @param events lines `Dialogue:` of the fields in EVENT_FORMAT */
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

/** `0:01:02.50` of hundredths of a second. */
export function assTime(hundredths: number): string {
  const [minutes, hours] = [Math.floor(hundredths / 6000), Math.floor(hundredths / 360_000)]
  const digits = (value: number) => String(value).padStart(2, '0')
  return `${hours}:${digits(minutes % 60)}:${digits(Math.floor(hundredths / 100) % 60)}.${digits(hundredths % 100)}`
}
