import type { FieldIssue } from '../../errors.js'
import { isUnsafeName, toPointer } from '../request/fields.js'

const MAX_DEPTH = 32

/**
 * What is valid JSON but cannot be kept: PostgreSQL's jsonb takes neither NUL nor halves of surrogate pairs,
 * and deep nesting would exhaust the stack of whoever walks it.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function unstorableParts(value: unknown, path: readonly (string | number)[] = []): FieldIssue[] {
  const issue = (message: string) => [{ pointer: toPointer(path), message }]
  if (typeof value === 'string') {
    return isStorable(value) ? [] : issue('must not contain NUL or unpaired surrogates')
  }
  if (typeof value !== 'object' || value === null) return []
  if (path.length >= MAX_DEPTH) return issue(`must not be nested deeper than ${MAX_DEPTH} levels`)
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = [...path, Array.isArray(value) ? Number(key) : key]
    if (isUnsafeName(key)) return { pointer: toPointer(childPath), message: 'is not allowed' }
    if (!isStorable(key)) return issue('must not have names with NUL or unpaired surrogates')
    return unstorableParts(child, childPath)
  })
}

function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}
