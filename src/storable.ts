import { AppError, type FieldIssue, toPointer } from './errors.js'
import type { JsonObject, JsonValue } from './jobs/model.js'

/**
 * Neither text nor jsonb of PostgreSQL can hold U+0000 or an unpaired surrogate.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
const UNSTORABLE = /[\0\p{Surrogate}]/u
const EVERY_UNSTORABLE = new RegExp(UNSTORABLE, 'gu')
const RULE = 'contains U+0000 or an unpaired surrogate, which cannot be stored'

/** Levels of objects and lists. Deeper JSON could exhaust the stack of any code that walks it. */
const MAX_DEPTH = 32

/** For labels and messages, which must not make a write fail: puts the replacement character in place. */
export function storableText(text: string): string {
  return text.replace(EVERY_UNSTORABLE, '\uFFFD')
}

/** Does the same to all text within. */
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
 * For a client's own data, which is stored unchanged or not at all. `pointer` is the value's place in the request
 * body.
 * @throws AppError `request-invalid`, with every place that cannot be stored
 */
export function assertStorable(value: JsonObject, pointer: string): void {
  const issues = unstorableParts(value, pointer)
  if (issues.length > 0) {
    throw new AppError('request-invalid', 'The request contains text that cannot be stored.', { issues })
  }
}

/** Every part of a JSON value that cannot be stored. `pointer` is the place of the value itself. */
export function unstorableParts(value: unknown, pointer = ''): FieldIssue[] {
  return [...findParts(value, pointer, 0)]
}

function* findParts(value: unknown, pointer: string, depth: number): Generator<FieldIssue> {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) yield { pointer, message: RULE }
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= MAX_DEPTH) {
    yield { pointer, message: `is nested too deeply; at most ${MAX_DEPTH} levels are allowed` }
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (UNSTORABLE.test(name)) yield { pointer, message: `has a member whose name ${RULE}` }
    else yield* findParts(member, pointer + toPointer([name]), depth + 1)
  }
}
