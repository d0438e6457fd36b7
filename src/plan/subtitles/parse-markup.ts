import { COLOR_PATTERN } from '../../edit/fields/color.js'
import { LIMITS } from '../../edit/limits.js'
import { type CuePosition, type CueText, PLAIN, positionOfKey, type Span, type SpanStyle } from './cue.js'
import { type CueStyles, NO_STYLES, styleOfTag } from './cue-styles.js'
import { decodeEntity } from './entities.js'

/**
 * A tag of any name, a time within a cue, a block of ASS overrides or a code of MicroDVD (SRT files have both), or an
 * entity. Everything else is text. No quantifier stands within another, and none reads past the next opening bracket.
 */
const TOKEN =
  /<(?<close>\/?)(?<tag>[A-Za-z][\w-]{0,30}(?::[A-Za-z][\w-]{0,30})?)(?<rest>[.\s/][^<>]{0,500})?>|<(?<time>\d[\d:.]{0,20})>|\{\\(?<overrides>[^{}]*)\}|\{(?<shut>\/?)(?<letter>[bius])\}|\{(?<code>[CFHOPSYcfhopsy]):(?<value>[^{}]{0,40})\}|&(?<entity>#?\w{1,10});/g

/** What a tag does to the text in it. Tags of other names do nothing, and are not shown. */
const TAGS: Readonly<Record<string, (rest: string) => Partial<SpanStyle>>> = {
  b: () => ({ bold: true }),
  strong: () => ({ bold: true }),
  i: () => ({ italic: true }),
  em: () => ({ italic: true }),
  u: () => ({ underline: true }),
  s: () => ({ strike: true }),
  strike: () => ({ strike: true }),
  font: (rest) => colored(/\bcolor\s?=\s?["']?([#\w]+)/i.exec(rest)?.[1] ?? ''),
  c: (rest) => colored(/\.(white|lime|cyan|red|yellow|magenta|blue|black)\b/.exec(rest)?.[1] ?? ''),
}

const BY_LETTER: Readonly<Record<string, Partial<SpanStyle>>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
  s: { strike: true },
}

/** Depth of tags within tags; deeper ones change nothing. */
const MAX_DEPTH = 16

/** Characters of a cue with its markup. No cue that is short enough to be shown has more. */
const MAX_SOURCE = 4 * LIMITS.textLength

/** SSA numbers the places of `\a` in another way than ASS those of `\an`. */
const SSA_KEYS: Readonly<Record<string, number>> = { 1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6 }

interface OpenTag {
  readonly name: string
  readonly style: Partial<SpanStyle>
  /** Ends with the line. */
  readonly ofLine?: true
}

/**
 * Reads the inline markup of SRT and its kin and of WebVTT. Of ASS overrides, those that move the cue and those for
 * bold, slanted, underlined and struck letters count; the others are dropped.
 */
export function parseMarkup(
  source: string,
  defaultPosition: CuePosition,
  styles: CueStyles = NO_STYLES,
): CueText {
  const text = source.slice(0, MAX_SOURCE)
  const writer = new SpanWriter(styles)
  let position = defaultPosition
  let done = 0
  for (const { 0: whole, index, groups = {} } of text.matchAll(TOKEN)) {
    writer.add(text.slice(done, index))
    done = index + whole.length
    const { tag, close, rest, overrides, entity, letter, shut, code, value, time } = groups
    if (tag !== undefined)
      applyTag(writer, { name: tag.toLowerCase(), isEnd: close === '/', rest: rest ?? '' })
    if (time !== undefined) writer.fromMs = clockMs(time)
    if (overrides !== undefined) position = applyOverrides(writer, overrides) ?? position
    if (letter !== undefined) applyTag(writer, { name: letter, isEnd: shut === '/', rest: '' })
    if (code !== undefined) applyCode(writer, code, value ?? '')
    if (entity !== undefined) writer.add(decodeEntity(entity) ?? whole)
  }
  writer.add(text.slice(done))
  return { spans: writer.spans, position }
}

/** `00:01.500` or `00:00:01.500`; null: it is no time. */
function clockMs(text: string): number | null {
  const [, hours = '0', minutes = '', seconds = ''] = /^(?:(\d+):)?(\d+):(\d+\.\d+)$/.exec(text) ?? []
  return minutes === ''
    ? null
    : Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000)
}

class SpanWriter {
  readonly spans: Span[] = []
  readonly styles: CueStyles
  /** When what follows is spoken; null: the file does not say. */
  fromMs: number | null = null
  #open: OpenTag[] = []

  constructor(styles: CueStyles) {
    this.styles = styles
  }

  add(run: string): void {
    const end = this.#open.some(({ ofLine }) => ofLine) ? run.indexOf('\n') : -1
    if (end < 0) this.#push(run)
    else {
      this.#push(run.slice(0, end))
      this.#open = this.#open.filter(({ ofLine }) => !ofLine)
      this.add(run.slice(end))
    }
  }

  open(tag: OpenTag): void {
    if (this.#open.length < MAX_DEPTH) this.#open.push(tag)
  }

  /** Closes the last tag of the name, and all within it. */
  close(name: string): void {
    const index = this.#open.findLastIndex((tag) => tag.name === name)
    if (index >= 0) this.#open.splice(index)
  }

  /** Closes the last tag of the name alone. */
  end(name: string): void {
    const index = this.#open.findLastIndex((tag) => tag.name === name)
    if (index >= 0) this.#open.splice(index, 1)
  }

  #push(text: string): void {
    if (text === '') return
    const ofCue = { ...PLAIN, ...this.styles.get('') }
    const style = this.#open.reduce<SpanStyle>((below, tag) => ({ ...below, ...tag.style }), ofCue)
    this.spans.push({ text, style, ...(this.fromMs !== null && { fromMs: this.fromMs }) })
  }
}

function applyTag(
  writer: SpanWriter,
  { name, isEnd, rest }: { readonly name: string; readonly isEnd: boolean; readonly rest: string },
): void {
  if (name === 'br') writer.add('\n')
  else if (isEnd) writer.close(name)
  else {
    const own = Object.hasOwn(TAGS, name) ? (TAGS[name]?.(rest) ?? {}) : {}
    writer.open({ name, style: { ...own, ...styleOfTag(writer.styles, name, rest) } })
  }
}

/** `{y:i}` makes a line slanted, `{c:$0000ff}` makes it red; a capital letter is for all lines that follow. */
function applyCode(writer: SpanWriter, code: string, value: string): void {
  const style =
    code.toLowerCase() === 'y' ? styleOfLetters(value) : code.toLowerCase() === 'c' ? ofBgr(value) : {}
  writer.open({ name: `{${code}`, style, ...(code === code.toLowerCase() && { ofLine: true }) })
}

function styleOfLetters(value: string): Partial<SpanStyle> {
  const styles = Array.from(value.toLowerCase()).map((letter) => BY_LETTER[letter] ?? {})
  return styles.reduce((all, style) => ({ ...all, ...style }), {})
}

function ofBgr(value: string): Partial<SpanStyle> {
  const [, blue = '', green = '', red = ''] = /^\$([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value) ?? []
  return colored(red + green + blue)
}

/** The position that overrides ask for; null: none. */
function applyOverrides(writer: SpanWriter, overrides: string): CuePosition | null {
  let position: CuePosition | null = null
  for (const [, name = '', number = ''] of overrides.matchAll(
    /(?:^|\\)(an|a|[bius])(\d{1,2})(?=[\\\s]|$)/g,
  )) {
    const key = name === 'an' ? Number(number) : name === 'a' ? (SSA_KEYS[number] ?? 0) : 0
    if (key >= 1 && key <= 9) position = positionOfKey(key)
    if (name.startsWith('a')) continue
    if (number === '1') writer.open({ name: `\\${name}`, style: BY_LETTER[name] ?? {} })
    else if (number === '0') writer.end(`\\${name}`)
  }
  return position
}

/** Files write colours by name in any case, or as hexadecimal digits with or without the `#`. */
function colored(text: string): Partial<SpanStyle> {
  const color = /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text.toLowerCase()
  return COLOR_PATTERN.test(color) ? { color } : {}
}
