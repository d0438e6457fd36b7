import { COLOR_PATTERN } from '../../edit/fields/color.js'
import { type CuePosition, type CueText, positionOfKey, type Span, type SpanStyle } from './cue.js'

/**
 * A tag, a time within a cue, a block of ASS overrides (many SRT files have them), or an entity. Everything
 * else is text, and so is a tag of another name.
 */
const TOKEN =
  /<(?<close>\/?)(?<tag>[A-Za-z]{1,10})(?<rest>[.\s][^<>]{0,500})?>|<\d[\d:.]*>|\{\\(?<overrides>[^{}]*)\}|&(?<entity>#?\w{1,10});/g

export const PLAIN: SpanStyle = { bold: false, italic: false, underline: false, strike: false, color: null }

/** What a tag does to the text in it; tags that only structure the text do nothing. */
const TAGS: Readonly<Record<string, (rest: string) => Partial<SpanStyle>>> = {
  b: () => ({ bold: true }),
  i: () => ({ italic: true }),
  u: () => ({ underline: true }),
  s: () => ({ strike: true }),
  font: (rest) => colored(/\bcolor\s*=\s*["']?([#\w]+)/i.exec(rest)?.[1] ?? ''),
  c: (rest) => colored(/\.(white|lime|cyan|red|yellow|magenta|blue|black)\b/.exec(rest)?.[1] ?? ''),
  v: () => ({}),
  lang: () => ({}),
  ruby: () => ({}),
  rt: () => ({}),
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
}

/** Depth of tags within tags; deeper ones change nothing. */
const MAX_DEPTH = 16

interface OpenTag {
  readonly name: string
  readonly style: SpanStyle
}

/** Reads the inline markup of SRT and WebVTT. `{\anN}` moves the cue; other ASS overrides are dropped. */
export function parseMarkup(text: string, defaultPosition: CuePosition): CueText {
  const spans: Span[] = []
  const open: OpenTag[] = []
  let position = defaultPosition
  let done = 0
  const add = (run: string) => {
    if (run) spans.push({ text: run, style: open.at(-1)?.style ?? PLAIN })
  }
  for (const { 0: whole, index, groups = {} } of text.matchAll(TOKEN)) {
    add(text.slice(done, index))
    done = index + whole.length
    const { tag, close, rest, overrides, entity } = groups
    const key = /(?:^|\\)an([1-9])/.exec(overrides ?? '')?.[1]
    if (key) position = positionOfKey(Number(key))
    if (entity !== undefined) add(decodeEntity(entity) ?? whole)
    if (tag !== undefined && !applyTag(open, { name: tag.toLowerCase(), close, rest })) add(whole)
  }
  add(text.slice(done))
  return { spans, position }
}

/** Opens or closes a tag. Returns whether there is such a tag. */
function applyTag(
  open: OpenTag[],
  { name, close, rest }: { name: string; close: string | undefined; rest: string | undefined },
): boolean {
  const style = Object.hasOwn(TAGS, name) ? TAGS[name] : undefined
  if (!style) return false
  if (close) {
    const index = open.findLastIndex((tag) => tag.name === name)
    if (index >= 0) open.splice(index)
  } else if (open.length < MAX_DEPTH) {
    open.push({ name, style: { ...(open.at(-1)?.style ?? PLAIN), ...style(rest ?? '') } })
  }
  return true
}

/** Files write colours by name in any case, or as hexadecimal digits with or without the `#`. */
function colored(text: string): Partial<SpanStyle> {
  const color = /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text.toLowerCase()
  return COLOR_PATTERN.test(color) ? { color } : {}
}

function decodeEntity(name: string): string | null {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name] ?? null
  const [, hex, decimal] = /^#(?:[xX]([0-9a-fA-F]+)|(\d+))$/.exec(name) ?? []
  const point = hex ? Number.parseInt(hex, 16) : Number(decimal ?? NaN)
  const isCharacter = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
  return isCharacter ? String.fromCodePoint(point) : null
}
