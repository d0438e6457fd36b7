import { LIMITS } from '../../edit/limits.js'
import { type Cue, type CuePosition, DEFAULT_POSITION } from './cue.js'
import { parseMarkup } from './parse-markup.js'
import { SubtitleFault } from './subtitle-fault.js'

const TIME = String.raw`(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})`
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s+(.*))?$`)

const ARROW = '-->'

interface Timing {
  readonly startMs: number
  readonly endMs: number
  /** The rest of the line behind the times. */
  readonly settings: string
}

/**
 * Reads SubRip, which has no standard: a number, the times, the text. Numbers may be missing, and text may have
 * empty lines.
 * @throws SubtitleFault
 */
export function parseSrt(lines: readonly string[]): Cue[] {
  const arrows = lines.flatMap((line, index) => (line.includes(ARROW) ? [index] : []))
  const before = lines.slice(0, arrows[0] ?? lines.length)
  const stray = before.findIndex((line) => line.trim() !== '' && !isNumber(line))
  if (stray >= 0) throw new SubtitleFault(stray + 1, 'is neither the number nor the times of a cue')
  return arrows.flatMap((index, count) => {
    const { startMs, endMs } = parseTiming(lines[index] ?? '', index)
    const next = arrows[count + 1] ?? lines.length
    const end = next < lines.length && isNumber(lines[next - 1] ?? '') ? next - 1 : next
    return cue({ startMs, endMs }, lines.slice(index + 1, end), DEFAULT_POSITION, index)
  })
}

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/): blocks between empty lines; those with times are cues.
 * @throws SubtitleFault
 */
export function parseVtt(lines: readonly string[]): Cue[] {
  if (!/^WEBVTT(\s|$)/.test(lines[0] ?? ''))
    throw new SubtitleFault(1, 'is not the WEBVTT that begins a file')
  const cues: Cue[] = []
  for (let index = 0; index < lines.length; index += 1) {
    if (!lines[index]?.includes(ARROW)) continue
    const { settings, ...times } = parseTiming(lines[index] ?? '', index)
    let end = index + 1
    while (end < lines.length && lines[end]?.trim() !== '') end += 1
    const text = lines.slice(index + 1, end)
    cues.push(...cue(times, text, positionOf(settings, text), index))
    index = end
  }
  return cues
}

function parseTiming(line: string, index: number): Timing {
  const match = TIMING.exec(line)
  if (!match) throw new SubtitleFault(index + 1, 'is not two times like 00:01:02,500 --> 00:01:04,000')
  return { startMs: ms(match.slice(1, 5)), endMs: ms(match.slice(5, 9)), settings: match[9] ?? '' }
}

/** Fractions may have fewer than three digits: `.5` is half a second. */
function ms([hours = '0', minutes = '0', seconds = '0', fraction = '0']: readonly (
  string | undefined
)[]): number {
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'))
  )
}

/** One cue, or none if it has no text or no duration. */
function cue(
  times: Pick<Cue, 'startMs' | 'endMs'>,
  lines: readonly string[],
  position: CuePosition,
  index: number,
): Cue[] {
  const text = lines
    .map((line) => line.trim())
    .join('\n')
    .trim()
  if (text.length > LIMITS.textLength) {
    throw new SubtitleFault(index + 1, `has a cue of more than ${LIMITS.textLength} characters`)
  }
  return text !== '' && times.endMs > times.startMs ? [{ ...times, ...parseMarkup(text, position) }] : []
}

/**
 * The position that the settings of a WebVTT cue ask for: `align` and `position` say where it is from left to
 * right, `line` whether it is above or below the middle.
 */
function positionOf(settings: string, text: readonly string[]): CuePosition {
  const setting = (name: string, value: string) => new RegExp(`(?:^|\\s)${name}:${value}`).exec(settings)
  const align = setting('align', '(start|left|end|right)')?.[1]
  const isRtl = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(
    text.join('\n').replace(/<[^<>]*>/g, ''),
  )
  const horizontal = align ? side(align, isRtl) : 'center'
  const position = setting('position', '(\\d{1,3}(?:\\.\\d{1,6})?)%')?.[1]
  const [, line, percent] = setting('line', '(-?\\d{1,4})(?:\\.\\d{1,6})?(%?)') ?? []
  return {
    vertical: line === undefined ? null : isUpper(Number(line), percent === '%') ? 'top' : 'bottom',
    horizontal,
    edgePercent: position === undefined || horizontal === 'center' ? null : Math.min(100, Number(position)),
  }
}

function side(align: string, isRtl: boolean): CuePosition['horizontal'] {
  if (align === 'left' || align === 'right') return align
  return (align === 'start') === isRtl ? 'right' : 'left'
}

/** A picture has about 15 lines; negative numbers count them from the bottom. */
function isUpper(line: number, isPercent: boolean): boolean {
  return isPercent ? line < 50 : line >= 0 && line < 8
}

function isNumber(line: string): boolean {
  return /^\s*\d+\s*$/.test(line)
}
