import { type FieldIssue, toPointer } from '../../errors.js'
import { isObject } from './is-object.js'
import { checkValues } from './values-schema.js'

/** A template with the values of its placeholders. */
export interface TemplateFill {
  /** The body of an edit with placeholders. */
  readonly edit: object
  readonly schema: object
  readonly values: object
  /** Members that take the place of those of the edit. */
  readonly overrides: object
}

export interface FilledTemplate {
  /** Pointers are into `{ edit, values }`. */
  readonly issues: readonly FieldIssue[]
  /** The body of an edit; means nothing when there are issues. */
  readonly value: object
}

/** A name in double braces. */
const PLACEHOLDER = /\{\{([A-Za-z_][A-Za-z0-9_]{0,63})\}\}/g

/** A text that is nothing else. */
const WHOLE = /^\{\{([A-Za-z_][A-Za-z0-9_]{0,63})\}\}$/

/** Characters of JSON, as many as the body of an edit may have bytes. Few placeholders can make much of a long value. */
const MAX_CHARS = 1024 * 1024

/**
 * Checks values by the schema of a template, and puts them in place of its placeholders. A text that is one placeholder
 * becomes the value itself; in other texts the value is written out. What values contain is never looked at for
 * placeholders. To be called in a child process only.
 */
export function fillTemplate({ edit, schema, values, overrides }: TemplateFill): FilledTemplate {
  const checked = checkValues(schema, values)
  if (checked.issues.length > 0) return { issues: checked.issues, value: {} }
  const filler = new Filler(new Map(Object.entries(checked.values)))
  const filled = filler.fill(edit, '/edit')
  return { issues: filler.issues, value: isObject(filled) ? { ...filled, ...overrides } : {} }
}

class Filler {
  readonly issues: FieldIssue[] = []
  readonly #values: ReadonlyMap<string, unknown>
  /** Length of each value as JSON. */
  readonly #lengths: ReadonlyMap<string, number>
  #chars = 0

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values
    this.#lengths = new Map([...values].map(([name, value]) => [name, JSON.stringify(value).length]))
  }

  fill(part: unknown, pointer: string): unknown {
    if (this.#chars > MAX_CHARS) return null
    if (typeof part === 'string') return this.#fillText(part, pointer)
    if (Array.isArray(part)) return part.map((one, index) => this.fill(one, `${pointer}/${index}`))
    if (!isObject(part)) return part
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [name, this.fill(member, pointer + toPointer([name]))]),
    )
  }

  #fillText(text: string, pointer: string): unknown {
    const [, whole] = WHOLE.exec(text) ?? []
    if (whole !== undefined) return this.#take(whole, pointer)
    return text.replace(PLACEHOLDER, (_, name: string) => {
      const value = this.#take(name, pointer)
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      if (value !== undefined) {
        this.issues.push({
          pointer,
          message: `{{${name}}} stands in a text and must be text, a number or a boolean`,
        })
      }
      return ''
    })
  }

  /** undefined: there is no such value, which has been noted. */
  #take(name: string, pointer: string): unknown {
    if (!this.#values.has(name)) {
      this.issues.push({
        pointer,
        message: `has no value for {{${name}}}: give one, or a default in the schema`,
      })
      return undefined
    }
    const before = this.#chars
    this.#chars += this.#lengths.get(name) ?? 0
    if (this.#chars <= MAX_CHARS) return this.#values.get(name)
    if (before <= MAX_CHARS) {
      const message = `the edit would have more than ${MAX_CHARS} characters with these values`
      this.issues.push({ pointer: '/values', message })
    }
    return undefined
  }
}
