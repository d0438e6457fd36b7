import { parseColor, type Rgba } from '../edit/color.js'
import type { TextOverlay } from '../edit/operations.js'
import { fontFor } from './fonts.js'
import { formatNumber } from './format-number.js'
import type { FrameWindow } from './open-source.js'
import { framesToSec } from './rational.js'
import type { Timeline } from './timeline.js'

/**
 * The ASS file that sets one text overlay (http://www.tcax.org/docs/ass-specs.htm). Text reaches ffmpeg in a
 * file alone: it is never filter syntax, and in the file nothing of it is markup.
 */
export function textScript(op: TextOverlay, timeline: Timeline, window: FrameWindow): string {
  const font = fontFor(op.language)
  const color = parseColor(op.font_color)
  const style = [
    'Text',
    font.family,
    formatNumber(op.font_size * font.lineHeight),
    assColor(color),
    ...OPAQUE_COLORS,
    ...PLAIN_STYLE,
  ]
  const [start, end] = [window.start, window.end].map((frame) => assTime(frame, timeline))
  const text = `{\\pos(${op.position_x},${op.position_y})}${escapeText(op.content)}`
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${timeline.width}`,
    `PlayResY: ${timeline.height}`,
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
    `Dialogue: 0,${start},${end},Text,,0,0,0,,${text}`,
    '',
  ].join('\n')
}

const STYLE_FIELDS =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
  'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
  'MarginR, MarginV, Encoding'

/** Secondary, outline and back colour, which nothing shows. */
const OPAQUE_COLORS = ['&H00000000', '&H00000000', '&H00000000']

/** Bold to Encoding: upright, unscaled, no outline, anchored at the top left corner (7). */
const PLAIN_STYLE = [0, 0, 0, 0, 100, 100, 0, 0, 1, 0, 0, 7, 0, 0, 0, 1]

/** `&HAABBGGRR`, where alpha 00 is solid. */
function assColor({ red, green, blue, alpha }: Rgba): string {
  const hex = [255 - alpha, blue, green, red].map((channel) => channel.toString(16).padStart(2, '0'))
  return `&H${hex.join('').toUpperCase()}`
}

/**
 * A frame's start as `h:mm:ss.cc`, rounded down to a centisecond: libass shows an event from its start to
 * before its end, so the frame before (at most 100 a second) lies outside, and this one inside.
 */
function assTime(frame: number, { frameRate }: Timeline): string {
  const centiseconds = Math.floor(framesToSec(frame, frameRate) * 100 + 1e-6)
  const [seconds, minutes] = [Math.floor(centiseconds / 100), Math.floor(centiseconds / 6000)]
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}.${pad(centiseconds % 100)}`
}

const WORD_JOINER = '\u2060'

/**
 * Braces would open an override block and a backslash a command: braces are escaped as libass has it, and an
 * invisible word joiner behind each backslash keeps it from joining the next letter.
 */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\\/g, `\\${WORD_JOINER}`)
    .replace(/[{}]/g, String.raw`\$&`)
    .replace(/^ +| +$/gm, (spaces) => String.raw`\h`.repeat(spaces.length))
    .replace(/\n/g, String.raw`\N`)
}
