import { bareLine } from '../split-lines.js'

/** The times of a cue, in milliseconds, and the rest of the line behind them. */
export interface Timing {
  readonly startMs: number
  readonly endMs: number
  readonly settings: string
}

/** Characters of a line that are looked at. Settings of WebVTT are shorter. */
const MAX_LENGTH = 300

const MINUS = '[-\\u2212]'
const FRACTION = String.raw`(?:\s?[.,;]\s?(?:${MINUS})?(\d{1,20})(?:\.\d{0,20})?|:(\d{3}))?`

/** Hours may be missing, of any length, and so may be the fraction; blanks may stand around the colons. */
const TIME = String.raw`((?:${MINUS}\s?)?)(?:(\d{1,5})\s?:\s?)?(${MINUS}?\d{1,3})\s?:\s?(${MINUS}?\d{1,3})${FRACTION}`

/** `-->`, and what people and programs make of it. */
const ARROW = String.raw`\s{0,9}(?:[-\u2010-\u2015\u2212=]{0,3}\s?[-\u2010-\u2015\u2212=]{0,2}\s?(?:>|&gt;)|[\u2192\u21d2])\s{0,9}`

const ARROW_TIMING = new RegExp(`^${TIME}${ARROW}${TIME}(?:\\s(.*))?$`)
const COMMA_TIMING = new RegExp(`^${TIME}\\s?,\\s?${TIME}$`)

/** Begins like the times of a cue, whatever follows. */
const ALMOST = new RegExp(
  String.raw`^${MINUS}?\d[\d\s.,]{0,20}:[\d\s:.,;\-\u2212]{0,40}(?:-{1,3}\s?|[\u2010-\u2015=])(?:>|&gt;)`,
)

/** What every arrow has. Most lines are told by it, at less cost than by the patterns above. */
const POINTED = /[>\u2192\u21d2]|&gt;/

/** The times of SRT and WebVTT; null: the line is something else. */
export function arrowTiming(line: string): Timing | null {
  return POINTED.test(line) ? timingOf(ARROW_TIMING, line) : null
}

/** The times of SBV: `0:00:01.000,0:00:02.000`. */
export function commaTiming(line: string): Timing | null {
  return line.includes(',') && line.includes(':') ? timingOf(COMMA_TIMING, line) : null
}

/** Whether a line was meant to have the times of a cue. */
export function isAlmostTiming(line: string): boolean {
  return POINTED.test(line) && ALMOST.test(bareLine(line.slice(0, MAX_LENGTH)))
}

/** Groups of the first time begin at 1, those of the second at 7. */
function timingOf(pattern: RegExp, line: string): Timing | null {
  const match = pattern.exec(bareLine(line.slice(0, MAX_LENGTH)))
  if (!match) return null
  return {
    startMs: milliseconds(match.slice(1, 7)),
    endMs: milliseconds(match.slice(7, 13)),
    settings: match[13]?.trimStart() ?? '',
  }
}

/** A minus anywhere makes the whole time negative: programs that shift times write it before any field. */
function milliseconds([minus, hours, minutes, seconds, fraction, thousandths]: readonly (
  string | undefined
)[]): number {
  const isNegative = [minus, minutes, seconds].some((field) => field && /[-\u2212]/.test(field))
  const digits = (field: string | undefined) => Number(field?.replace(/\D/g, '') ?? 0)
  const whole = (digits(hours) * 60 + digits(minutes)) * 60 + digits(seconds)
  const ms = whole * 1000 + Math.round(Number(`0.${fraction ?? thousandths ?? '0'}`) * 1000)
  return isNegative ? -ms : ms
}
