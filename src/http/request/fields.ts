import Joi from 'joi'
import type { FieldIssue } from '../../errors.js'

/** Turns joi's verdict on one part of a request into JSON pointers. */
export interface Checked<T> {
  readonly issues: readonly FieldIssue[]
  /** Only to be called when there are no issues. */
  readonly value: () => T
}

/** For a part of the request that must be empty. */
export const noFields = Joi.object<Record<string, never>>({})

/** For pages, where a stray query does no harm. */
export const anyFields = Joi.object<Record<string, unknown>>({}).unknown(true)

const SHARED: Joi.ValidationOptions = { abortEarly: false, errors: { label: false, wrap: { array: false } } }

/** Checks strings of the URL or a header: numbers are read from text. */
export function checkFields<T>(schema: Joi.Schema<T>, input: unknown, prefix: string): Checked<T> {
  return check(schema, input, prefix, { ...SHARED, convert: true })
}

/** Checks a JSON body: `"5"` is no number. */
export function checkJson<T>(schema: Joi.Schema<T>, input: unknown): Checked<T> {
  return check(schema, input, '', { ...SHARED, convert: false, presence: 'optional' })
}

function check<T>(
  schema: Joi.Schema<T>,
  input: unknown,
  prefix: string,
  options: Joi.ValidationOptions,
): Checked<T> {
  const result: Joi.ValidationResult<T> = schema.validate(input, options)
  const { error } = result
  if (error === undefined) return { issues: [], value: () => result.value }
  return {
    issues: error.details.map(({ path, message }) => ({ pointer: prefix + toPointer(path), message })),
    value: () => {
      throw error
    },
  }
}

/** Names that lead from an object to what all objects share, for whoever copies members by their names. */
export function isUnsafeName(name: string): boolean {
  return name === '__proto__' || name === 'constructor'
}

/** What a schema may overlook: joi sees no `__proto__`, and pages take any query. */
export function unsafeNames(input: object, prefix: string): FieldIssue[] {
  const names = Object.keys(input).filter(isUnsafeName)
  return names.map((name) => ({ pointer: prefix + toPointer([name]), message: 'is not allowed' }))
}

/** RFC 6901. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
