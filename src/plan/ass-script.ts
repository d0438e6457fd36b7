import { parseColor, type Rgba } from '../edit/color.js'
import type { TextOverlay } from '../edit/overlay.js'
import type { Anchor } from '../edit/placement.js'
import { fontFor } from './fonts.js'
import { formatNumber } from './format-number.js'
import { anchorPoint } from './placement.js'
import type { Timeline } from './timeline.js'

/**
 * The ASS file that sets one text overlay (http://www.tcax.org/docs/ass-specs.htm) on a picture of one frame.
 * Text reaches ffmpeg in a file alone: it is never filter syntax, and in the file nothing of it is markup.
 */
export function textScript(op: TextOverlay, picture: Pick<Timeline, 'width' | 'height'>): string {
  const font = fontFor(op.language)
  const style = [
    'Text',
    font.family,
    formatNumber(op.font_size * font.lineHeight),
    assColor(parseColor(op.font_color)),
    ...OPAQUE_COLORS,
    ...PLAIN_STYLE,
  ]
  const { x, y } = anchorPoint(op, picture)
  const place = `\\an${ALIGNMENTS[op.anchor]}\\pos(${Math.round(x)},${Math.round(y)})`
  const text = `{${place}}${escapeText(op.content)}`
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${picture.width}`,
    `PlayResY: ${picture.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    `Format: ${STYLE_FIELDS}`,
    `Style: ${style.join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    `Dialogue: 0,0:00:00.00,0:00:01.00,Text,,0,0,0,,${text}`,
    '',
  ].join('\n')
}

const STYLE_FIELDS =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
  'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
  'MarginR, MarginV, Encoding'

/** Secondary, outline and back colour, which nothing shows. */
const OPAQUE_COLORS = ['&H00000000', '&H00000000', '&H00000000']

/**
 * Bold to Encoding: upright, unscaled, no outline. Encoding -1 lets a line's first letter decide whether it runs
 * from the right (libass, `ass_resolve_base_direction`).
 */
const PLAIN_STYLE = [0, 0, 0, 0, 100, 100, 0, 0, 1, 0, 0, 7, 0, 0, 0, -1]

/** `\an`: as the keys of a number pad lie. */
const ALIGNMENTS: Readonly<Record<Anchor, number>> = {
  ...{ 'top-left': 7, top: 8, 'top-right': 9 },
  ...{ left: 4, center: 5, right: 6 },
  ...{ 'bottom-left': 1, bottom: 2, 'bottom-right': 3 },
}

/** `&HAABBGGRR`, where alpha 00 is solid: transparency is the layer's, or overlapping letters would show. */
function assColor({ red, green, blue }: Rgba): string {
  const hex = [blue, green, red].map((channel) => channel.toString(16).padStart(2, '0'))
  return `&H00${hex.join('').toUpperCase()}`
}

const WORD_JOINER = '\u2060'

/**
 * Braces would open an override block and a backslash a command: braces are escaped as libass has it, and an
 * invisible word joiner behind each backslash keeps it from joining the next letter.
 */
export function escapeText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\\/g, `\\${WORD_JOINER}`)
    .replace(/[{}]/g, String.raw`\$&`)
    .replace(/^ +| +$/gm, (spaces) => String.raw`\h`.repeat(spaces.length))
    .replace(/\n/g, String.raw`\N`)
}
