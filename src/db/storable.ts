import { AppError, type FieldIssue } from '../errors.js'
import type { JsonObject, JsonValue } from '../jobs/model.js'

/** What neither text nor jsonb of PostgreSQL can hold: U+0000 and half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu')

/** Far below where PostgreSQL's and our own recursion give up. */
const MAX_DEPTH = 100

/** For labels and messages, which must not fail a write: the replacement character stands in. */
export function storableText(text: string): string {
  return text.replace(EVERY_UNSTORABLE, '\uFFFD')
}

/** The same for all text within. */
export function storableObject(value: JsonObject): JsonObject {
  const members = Object.entries(value)
  return Object.fromEntries(
    members.map(([name, member]): [string, JsonValue] => [storableText(name), storableValue(member)]),
  )
}

function storableValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value)
  if (isList(value)) return value.map(storableValue)
  return typeof value === 'object' && value !== null ? storableObject(value) : value
}

/** Array.isArray does not narrow a type that has read-only arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/**
 * For the client's own data, which we store as it is or not at all. Throws `request-invalid` with every bad
 * field; `pointer` is the value's place in the request body.
 */
export function assertStorable(value: JsonObject, pointer: string): void {
  const issues = [...findIssues(value, pointer, 0)]
  if (issues.length > 0) {
    throw new AppError('request-invalid', 'The request has text that cannot be stored', { issues })
  }
}

function* findIssues(value: JsonValue, pointer: string, depth: number): Generator<FieldIssue> {
  if (depth > MAX_DEPTH) {
    yield { pointer, message: `must not be nested more than ${MAX_DEPTH} deep` }
  } else if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) yield { pointer, message: 'must not contain U+0000 or half a surrogate pair' }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (UNSTORABLE.test(name)) {
        yield { pointer, message: 'must not have a name with U+0000 or half a surrogate pair' }
      } else {
        yield* findIssues(member, `${pointer}/${escapeToken(name)}`, depth + 1)
      }
    }
  }
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
