import Joi from 'joi'
import { type FieldIssue, toPointer } from '../../errors.js'
import { unstorableParts } from '../../storable.js'
import { PLAIN_MESSAGES } from './plain-messages.js'
import { removeNulls } from './remove-nulls.js'

/** The result of checking one part of a request with joi. */
export interface Checked<T> {
  readonly issues: readonly FieldIssue[]
  /** Must not be called when there are issues: it throws. */
  readonly value: () => T
}

/** For a part of the request that must be empty. */
export const noFields = Joi.object<Record<string, never>>({})

/** For pages, where an unknown query does no harm. */
export const anyFields = Joi.object<Record<string, unknown>>({}).unknown(true)

const SHARED: Joi.ValidationOptions = {
  abortEarly: false,
  errors: { label: false, wrap: { array: false } },
  messages: PLAIN_MESSAGES,
}

/** Checks texts of the URL, a header or a form: numbers are read from text. */
export function checkFields<T>(schema: Joi.Schema<T>, input: unknown, prefix: string): Checked<T> {
  return toChecked(schema.validate(input, { ...SHARED, convert: true }), prefix)
}

const JSON_OPTIONS: Joi.ValidationOptions = { ...SHARED, convert: false, presence: 'optional' }

/** Nulls may hide others: the form of an operation depends on some of its fields. */
const NULL_ROUNDS = 3

/**
 * Checks a JSON body: `"5"` is not a number. A member that is null where null means nothing counts as absent, because
 * many clients write all fields that they know.
 */
export function checkJson<T>(schema: Joi.Schema<T>, input: unknown): Checked<T> {
  let value = input
  let result = schema.validate(value, JSON_OPTIONS)
  for (let round = 0; round < NULL_ROUNDS && result.error; round += 1) {
    const places = result.error.details.flatMap(({ type, path }) => (type === 'object.unknown' ? [] : [path]))
    const rest = removeNulls(value, places)
    if (rest === value) break
    value = rest
    result = schema.validate(value, JSON_OPTIONS)
  }
  return toChecked(result, '')
}

/** More would be no help. */
const MAX_ISSUES = 100

function toChecked<T>(result: Joi.ValidationResult<T>, prefix: string): Checked<T> {
  const { error } = result
  if (error === undefined) return { issues: [], value: () => result.value }
  return {
    issues: error.details.slice(0, MAX_ISSUES).map(({ path, message, type }) => ({
      pointer: prefix + toPointer(path),
      message,
      ...(type === 'string.guid' ? { isNoId: true as const } : {}),
    })),
    value: () => {
      throw error
    },
  }
}

/**
 * The parts of a body that are refused whatever its schema says, because schemas overlook them: what cannot be
 * stored, and unsafe names.
 */
export function refusedParts(body: unknown): FieldIssue[] {
  const unstorable = unstorableParts(body)
  // Only a body that is not nested too deeply can be walked for names.
  return unstorable.length > 0 ? unstorable : unsafeNames(body, '')
}

/**
 * Members named `__proto__` or `constructor`, which lead from an object to what all objects share when code copies
 * members by name. joi does not see `__proto__`, and pages accept any query.
 */
export function unsafeNames(value: unknown, pointer: string): FieldIssue[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const place = pointer + toPointer([name])
    const isUnsafe = name === '__proto__' || name === 'constructor'
    return isUnsafe ? [{ pointer: place, message: 'is not allowed' }] : unsafeNames(member, place)
  })
}
