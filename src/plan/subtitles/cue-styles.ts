import { COLOR_PATTERN } from '../../edit/fields/color.js'
import type { SpanStyle } from './cue.js'

/**
 * What the style sheets of a WebVTT file say (https://www.w3.org/TR/webvtt1/#the-cue-pseudo-element), by selector: `''`
 * for every cue, `b`, `.loud` or `b.loud`. Other selectors are not read.
 */
export type CueStyles = ReadonlyMap<string, Partial<SpanStyle>>

export const NO_STYLES: CueStyles = new Map()

/** More are no style sheet of a person's. */
const MAX_RULES = 200

/** Longer ones are passed over. */
const MAX_SELECTORS_LENGTH = 500
const MAX_DECLARATIONS_LENGTH = 2000

const CUE = /^::cue(?:\(([^()]*)\))?$/i
const CUE_PART = /^([a-z]*)((?:\.[\w-]+)?)$/i

/** The styles so far with those of a block. Later rules win. */
export function readCueStyles(block: string, before: CueStyles): CueStyles {
  const styles = new Map(before)
  for (const { selectors, declarations } of readRules(withoutComments(block))) {
    const style = readDeclarations(declarations)
    for (const selector of selectors.split(',')) {
      const key = keyOf(selector.trim())
      if (key === null || (styles.size >= MAX_RULES && !styles.has(key))) continue
      styles.set(key, { ...styles.get(key), ...style })
    }
  }
  return styles
}

/** The key of the map for a selector; null: it is of another kind. */
function keyOf(selector: string): string | null {
  const cue = CUE.exec(selector)
  const [whole, tag = '', name = ''] = CUE_PART.exec(cue?.[1]?.trim() ?? '') ?? []
  return cue && whole !== undefined ? tag.toLowerCase() + name : null
}

function withoutComments(block: string): string {
  const kept: string[] = []
  let from = 0
  while (from < block.length) {
    const start = block.indexOf('/*', from)
    kept.push(block.slice(from, start < 0 ? block.length : start))
    const end = start < 0 ? -1 : block.indexOf('*/', start + 2)
    if (end < 0) break
    from = end + 2
  }
  return kept.join('')
}

interface Rule {
  readonly selectors: string
  readonly declarations: string
}

/** What stands around an innermost pair of braces and in it. */
function readRules(text: string): Rule[] {
  return text
    .split('}')
    .slice(0, -1)
    .flatMap((rule) => {
      const [selectors, declarations] = rule.split('{').slice(-2)
      if (selectors === undefined || declarations === undefined) return []
      const isLong = selectors.length > MAX_SELECTORS_LENGTH || declarations.length > MAX_DECLARATIONS_LENGTH
      return isLong ? [] : [{ selectors, declarations }]
    })
}

/** The style of a tag, such as `c` with the classes `.loud.red`. A class wins over a tag. */
export function styleOfTag(styles: CueStyles, tag: string, rest: string): Partial<SpanStyle> {
  if (styles.size === 0) return {}
  const classes = (/^(?:\.[\w-]+)+/.exec(rest)?.[0] ?? '').split('.').slice(1)
  const keys = [tag, ...classes.map((name) => `.${name}`), ...classes.map((name) => `${tag}.${name}`)]
  return Object.assign({}, ...keys.map((key) => styles.get(key) ?? {})) as Partial<SpanStyle>
}

function readDeclarations(text: string): Partial<SpanStyle> {
  const declared = new Map(
    text.split(';').map((one) => {
      const [name = '', value = ''] = one.split(':', 2).map((half) => half.trim().toLowerCase())
      return [name, value.replace(/!important$/, '').trimEnd()] as const
    }),
  )
  const [weight, slant] = [declared.get('font-weight'), declared.get('font-style')]
  const line = declared.get('text-decoration') ?? declared.get('text-decoration-line')
  const color = colorOf(declared.get('color') ?? '')
  return {
    ...(weight !== undefined && { bold: weight === 'bold' || weight === 'bolder' || Number(weight) >= 600 }),
    ...(slant !== undefined && { italic: slant !== 'normal' }),
    ...(line !== undefined && {
      underline: line.includes('underline'),
      strike: line.includes('line-through'),
    }),
    ...(color !== null && { color }),
  }
}

const RGB = /^rgba?\(\s*(\d{1,3})(?:\s*,|\s)\s*(\d{1,3})(?:\s*,|\s)\s*(\d{1,3})\b/

function colorOf(value: string): string | null {
  const channels = RGB.exec(value)?.slice(1).map(Number)
  const hex = channels?.map((channel) => Math.min(255, channel).toString(16).padStart(2, '0')).join('')
  const color = hex ? `#${hex}` : value
  return COLOR_PATTERN.test(color) ? color : null
}
