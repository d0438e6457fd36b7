import { COLOR_PATTERN } from '../../../edit/fields/color.js'
import { PLAIN, type SpanStyle } from '../cue.js'
import type { Styles } from './ttml-layout.js'
import { childElements, type XmlElement } from './xml-tree.js'

/** The attributes that change what is drawn; the others are left alone, so that there are never many. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['color', 'fontWeight', 'fontStyle', 'textDecoration', 'textAlign'],
  ...['origin', 'extent', 'displayAlign', 'display', 'visibility'],
])

/** Styles may refer to styles, and these to others, so far. */
const MAX_CHAIN = 4
const MAX_REFERENCES = 20

type Defined = ReadonlyMap<string, Styles>

/** The styles and regions that a document defines, by their ids, with what they refer to. */
export interface TtmlHead {
  readonly styles: Defined
  readonly regions: Defined
}

export function headOf(root: XmlElement): TtmlHead {
  const head = childElements(root).find(({ name }) => name === 'head')
  const parts = head ? childElements(head) : []
  const within = (part: string, name: string) =>
    parts
      .filter((element) => element.name === part)
      .flatMap(childElements)
      .flatMap((element) => {
        const id = element.attributes.get('id')
        return element.name === name && id !== undefined ? [[id, element] as const] : []
      })
  const styles = resolve(within('styling', 'style'))
  const regions = within('layout', 'region').map(
    ([id, region]) => [id, regionStyles(region, styles)] as const,
  )
  return { styles, regions: new Map(regions) }
}

/** Each round follows the references one step further, at the same cost, whatever refers to what. */
function resolve(elements: readonly (readonly [string, XmlElement])[]): Defined {
  let styles: Defined = new Map()
  for (let round = 0; round < MAX_CHAIN; round += 1) {
    const known = styles
    styles = new Map(elements.map(([id, element]) => [id, stylesOf(element, known)] as const))
  }
  return styles
}

/** A region has styles as attributes, by reference, and as elements within it. */
function regionStyles(region: XmlElement, styles: Defined): Styles {
  const nested = childElements(region).filter(({ name }) => name === 'style')
  return new Map([...nested.flatMap((style) => [...stylesOf(style, styles)]), ...stylesOf(region, styles)])
}

/** The styles that an element states itself, over those that it refers to. */
export function stylesOf({ attributes }: XmlElement, styles: Defined): Styles {
  const names = (attributes.get('style') ?? '').trim().split(/\s+/).slice(0, MAX_REFERENCES)
  const referred = names.flatMap((name) => [...(styles.get(name) ?? [])])
  return new Map([...referred, ...[...attributes].filter(([name]) => KNOWN.has(name))])
}

/** What styles say of letters, over those of the element around. */
export function spanStyleOf(styles: Styles, around: SpanStyle = PLAIN): SpanStyle {
  const decoration = styles.get('textDecoration')?.split(/\s+/) ?? []
  const flag = (on: boolean, off: boolean, inherited: boolean) => on || (!off && inherited)
  const [weight, slant] = [styles.get('fontWeight'), styles.get('fontStyle')]
  return {
    bold: flag(weight === 'bold', weight === 'normal', around.bold),
    italic: flag(slant === 'italic' || slant === 'oblique', slant === 'normal', around.italic),
    underline: flag(
      decoration.includes('underline'),
      decoration.some((word) => word === 'none' || word === 'noUnderline'),
      around.underline,
    ),
    strike: flag(
      decoration.includes('lineThrough'),
      decoration.some((word) => word === 'none' || word === 'noLineThrough'),
      around.strike,
    ),
    color: colorOf(styles.get('color')) ?? around.color,
  }
}

function colorOf(text: string | undefined): string | null {
  const [, ...channels] =
    /^rgba?\((\d{1,3}),\s?(\d{1,3}),\s?(\d{1,3})(?:,\s?\d{1,3})?\)$/.exec(text ?? '') ?? []
  const hex = channels.map((channel) => Math.min(255, Number(channel)).toString(16).padStart(2, '0')).join('')
  const color = hex ? `#${hex}` : (text ?? '').toLowerCase()
  return COLOR_PATTERN.test(color) ? color : null
}
