import { checkEvent, checkInfo, checkStyle } from './ass-limits.js'
import { SubtitleFault } from './subtitle-fault.js'

/** The used parts of an ASS or SSA file: not its fonts, pictures and editor's notes. */
export interface AssFile {
  /** Lines of `[Script Info]` that change what is drawn. */
  readonly info: readonly string[]
  /** Header of the styles: `[V4+ Styles]` or `[V4 Styles]`. */
  readonly styleSection: string
  /** Lines `Format:` and `Style:`. */
  readonly styles: readonly string[]
  readonly events: readonly AssEvent[]
  /** Names of an event's fields in order; `Text` is the last. */
  readonly fields: readonly string[]
}

export interface AssEvent {
  /** Hundredths of a second. */
  readonly startCs: number
  /** Exclusive. */
  readonly endCs: number
  /** Values of all fields but the text, in order. */
  readonly fields: readonly string[]
  readonly text: string
  /** Seconds at its start and its end in which it looks different from frame to frame; null: all the time. */
  readonly animation: { readonly inSec: number; readonly outSec: number } | null
}

/**
 * Keys of `[Script Info]` that are kept. The others have no use here, or tell another program how to mix
 * colours.
 */
const INFO_KEYS = ['scripttype', 'playresx', 'playresy', 'wrapstyle', 'scaledborderandshadow', 'collisions']

/** The fields of events in a file without a format for them. (Where ASS has `Layer`, SSA has `Marked`.) */
const EVENT_FIELDS = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'

const ANIMATION = /\\(?:t|move|fade)\s*\(|\\[kK][fot]?\d/

/** Milliseconds in which an event appears and vanishes. Many files have this on every line. */
const FADE = /\\fad\s*\(\s*(\d{1,8})\s*,\s*(\d{1,8})\s*\)/g

/** @throws SubtitleFault */
export function parseAss(lines: readonly string[]): AssFile {
  const info: string[] = []
  const styles: string[] = []
  const events: AssEvent[] = []
  let section = ''
  let styleSection = '[V4+ Styles]'
  let fields = splitFields(EVENT_FIELDS)
  lines.forEach((raw, index) => {
    const line = raw.trim()
    const [, key = '', rest = ''] = /^([A-Za-z0-9 ]+):(.*)$/.exec(line) ?? []
    const value = rest.trimStart()
    const name = key.trim().toLowerCase()
    const number = index + 1
    if (/^\[.*\]$/.test(line)) {
      section = line.toLowerCase()
      if (isStyles(section)) styleSection = section === '[v4 styles]' ? '[V4 Styles]' : '[V4+ Styles]'
    } else if (section === '[script info]' && INFO_KEYS.includes(name)) {
      checkInfo(name, value, number)
      info.push(line)
    } else if (isStyles(section) && (name === 'format' || name === 'style')) {
      if (name === 'style') checkStyle(value, styles, number)
      styles.push(line)
    } else if (section === '[events]' && name === 'format') {
      fields = splitFields(value)
      if (fields.at(-1)?.toLowerCase() !== 'text')
        throw new SubtitleFault(number, 'has a format that does not end with Text')
    } else if (section === '[events]' && name === 'dialogue') {
      events.push(parseEvent(value, fields, number))
    }
  })
  if (section === '') throw new SubtitleFault(null, 'has no sections of an ASS file')
  const shown = events.filter(({ startCs, endCs, text }) => endCs > startCs && text.trim() !== '')
  for (const event of shown) checkEvent(event.text, info)
  return { info, styleSection, styles, events: shown, fields }
}

function isStyles(section: string): boolean {
  return ['[v4+ styles]', '[v4 styles]', '[v4 styles+]'].includes(section)
}

function splitFields(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

function parseEvent(value: string, names: readonly string[], line: number): AssEvent {
  const parts = value.split(',')
  if (parts.length < names.length)
    throw new SubtitleFault(line, `has a dialogue of fewer than ${names.length} fields`)
  const text = parts.slice(names.length - 1).join(',')
  const fields = parts.slice(0, names.length - 1).map((part) => part.trim())
  const field = (name: string) => fields[names.findIndex((known) => known.toLowerCase() === name)] ?? ''
  return {
    startCs: parseTime(field('start'), line),
    endCs: parseTime(field('end'), line),
    fields,
    text,
    animation: field('effect') === '' ? animationOf(text) : null,
  }
}

/** Fades animate an event only at its ends; any other animation may do so all the time. */
function animationOf(text: string): AssEvent['animation'] {
  const fades = [...text.matchAll(FADE)]
  if (ANIMATION.test(text) || fades.length !== text.split('\\fad').length - 1) return null
  const longest = (side: 1 | 2) => Math.max(0, ...fades.map((fade) => Number(fade[side]))) / 1000
  return { inSec: longest(1), outSec: longest(2) }
}

function parseTime(text: string, line: number): number {
  const match = /^(\d{1,3}):([0-5]?\d):([0-5]?\d)(?:[.:](\d{1,3}))?$/.exec(text)
  if (!match) throw new SubtitleFault(line, 'has a dialogue without two times like 0:01:02.50')
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map(Number)
  const hundredths = Number((match[4] ?? '').padEnd(2, '0').slice(0, 2))
  return ((hours * 60 + minutes) * 60 + seconds) * 100 + hundredths
}
