import fc from 'fast-check'
import type { Random } from '../../support/random.js'

/** The parts of a JSON Schema that the API document has. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly format?: string
}

export interface Drawing {
  readonly random: Random
  readonly resolve: (ref: string) => Schema
  /** A value that a field of this name refers to, such as an asset; undefined: the schema decides. */
  readonly known: (field: string, schema: Schema) => string | undefined
  /** Characters that texts may still have. A body of full length is one of the attacks, a longer one is refused. */
  budget: number
}

/** Characters and words that are costly or strange to those who shape, measure or parse text. */
const FILLERS = [
  ...[
    'a',
    ' ',
    '漢',
    'ﷺ',
    '👩‍👩‍👧‍👦',
    'क्ष',
    'ก็',
    'e\u0301',
    '\u200d',
    '\u2028',
    '\u202e',
    '{',
    '\\',
    '<b>',
    '&#x41;',
    "'",
  ],
  ...['%{pts}', '\\h', ';', ':', 'word ', '\n', '1\ufe0f\u20e3', '\u0600', 'W', '\ufdfd', '\ud83c\uddee'],
] as const

/** A value that the schema allows, mostly at one of its borders: longest, most numerous, largest, smallest. */
export function drawValue(schema: Schema, drawing: Drawing, field = ''): unknown {
  const { random } = drawing
  if (schema.$ref !== undefined) return drawValue(drawing.resolve(schema.$ref), drawing, field)
  const known = drawing.known(field, schema)
  if (known !== undefined) return known
  const [first, ...others] = schema.anyOf ?? []
  if (first) return drawValue(random.pick([first, ...others]), drawing, field)
  if (schema.allOf) return drawValue(Object.assign({}, ...schema.allOf) as Schema, drawing, field)
  if (schema.enum) return schema.enum[random.whole(0, schema.enum.length - 1)]
  const [type = 'object', ...types] = [schema.type ?? []].flat()
  switch (random.pick([type, ...types])) {
    case 'null':
      return null
    case 'boolean':
      return random.chance(0.5)
    case 'integer':
      return Math.round(drawNumber(schema, random))
    case 'number':
      return drawNumber(schema, random)
    case 'string':
      return drawText(schema, drawing)
    case 'array':
      return drawList(schema, drawing, field)
    default:
      return drawObject(schema, drawing)
  }
}

function drawNumber({ minimum = -1e6, maximum = 1e6, exclusiveMinimum }: Schema, random: Random): number {
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 0.001
  return random.pick([least, maximum, random.between(least, maximum), Math.min(maximum, least + 1)])
}

function drawText({ pattern, maxLength = 256, minLength = 0 }: Schema, drawing: Drawing): string {
  const { random } = drawing
  const filler = random.pick([FILLERS[0], ...FILLERS.slice(1)])
  const length = random.pick([maxLength, maxLength, minLength, random.whole(minLength, maxLength)])
  const most = Math.max(minLength, Math.min(length, drawing.budget))
  const text = filler.repeat(Math.ceil(most / filler.length)).slice(0, most)
  drawing.budget -= text.length
  if (pattern === undefined || new RegExp(pattern, 'u').test(text)) return text
  return drawMatching(pattern, random)
}

/** Of a pattern that nothing else fits. fast-check makes no text for one that looks ahead, which may then be any. */
function drawMatching(pattern: string, random: Random): string {
  const plain = pattern.replace(/\(\?!.*?%\)/u, '')
  return (
    fc.sample(fc.stringMatching(new RegExp(plain, 'u')), { numRuns: 1, seed: random.whole(0, 2 ** 31) })[0] ??
    ''
  )
}

function drawList(
  { items = {}, minItems = 0, maxItems = 8 }: Schema,
  drawing: Drawing,
  field: string,
): unknown[] {
  const { random } = drawing
  const length = random.pick([
    maxItems,
    minItems,
    random.whole(minItems, maxItems),
    Math.min(maxItems, minItems + 1),
  ])
  // Many of the same are as costly as many different ones, and more of them are accepted.
  if (random.chance(0.5)) {
    const value = drawValue(items, drawing, field)
    const copies = Math.max(minItems, Math.min(length, 1 + Math.floor(drawing.budget / sizeOf(value))))
    drawing.budget -= (copies - 1) * sizeOf(value)
    return Array.from({ length: copies }, () => value)
  }
  return Array.from({ length }, () => drawValue(items, drawing, field))
}

function drawObject({ properties = {}, required = [] }: Schema, drawing: Drawing): Record<string, unknown> {
  const share = drawing.random.pick([0, 0.2, 0.5, 1])
  const names = Object.keys(properties).filter(
    (name) => required.includes(name) || drawing.random.chance(share),
  )
  return Object.fromEntries(names.map((name) => [name, drawValue(properties[name] ?? {}, drawing, name)]))
}

function sizeOf(value: unknown): number {
  return Math.max(1, JSON.stringify(value).length)
}
