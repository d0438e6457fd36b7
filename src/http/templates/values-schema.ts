import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { AppError, type FieldIssue, toPointer } from '../../errors.js'
import { isObject } from './is-object.js'

/** Members of a schema that are schemas, or have some. What is in others is data. */
const MAPS: ReadonlySet<string> = new Set(['properties', 'dependentSchemas'])
const INNER: ReadonlySet<string> = new Set([
  ...['items', 'prefixItems', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems'],
  ...['unevaluatedProperties', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
])

const NO_PATTERNS =
  'is not supported, since expressions can take for ever: use "enum", "minLength", "maxLength"'
const NO_REFERENCES = 'is not supported: write the schema where it is used'

const REFUSED: Readonly<Record<string, string>> = {
  pattern: NO_PATTERNS,
  patternProperties: NO_PATTERNS,
  format: NO_PATTERNS,
  $ref: NO_REFERENCES,
  $dynamicRef: NO_REFERENCES,
  $id: NO_REFERENCES,
  $anchor: NO_REFERENCES,
  $dynamicAnchor: NO_REFERENCES,
  $defs: NO_REFERENCES,
  $recursiveRef: NO_REFERENCES,
  definitions: NO_REFERENCES,
  // Of older drafts, which ajv still follows.
  dependencies: 'is not supported: use "dependentSchemas" or "dependentRequired"',
  additionalItems: 'is not supported: use "items" beside "prefixItems"',
}

/** What is wrong with a JSON Schema (2020-12) of values; null: nothing. To be called in a child process only. */
export function faultOfSchema(schema: object): string | null {
  const refused = findRefused(schema, '')
  if (refused) return `${refused.pointer}: ${refused.message}`
  try {
    compile(schema)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Checks values, and fills in their defaults. To be called in a child process only: how long it takes depends on both.
 * @returns the values; issues with pointers below `/values`
 */
export function checkValues(
  schema: object,
  values: object,
): { readonly issues: readonly FieldIssue[]; readonly values: object } {
  const filled = structuredClone(values)
  const validate = compile(schema)
  if (validate(filled)) return { issues: [], values: filled }
  return { issues: (validate.errors ?? []).slice(0, MAX_ISSUES).map(toIssue), values: filled }
}

/** More would be no help. */
const MAX_ISSUES = 100

function compile(schema: object): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    ownProperties: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    logger: false,
  })
  return ajv.compile(schema)
}

function toIssue({ instancePath, keyword, params, message }: ErrorObject): FieldIssue {
  const { missingProperty, additionalProperty } = params as Readonly<Record<string, unknown>>
  const at = `/values${instancePath}`
  if (keyword === 'required' && typeof missingProperty === 'string') {
    return { pointer: at + toPointer([missingProperty]), message: 'is required' }
  }
  if (keyword === 'additionalProperties' && typeof additionalProperty === 'string') {
    return { pointer: at + toPointer([additionalProperty]), message: 'is not allowed' }
  }
  if (message === undefined) throw new AppError('internal', `a check of ${keyword} has no message`)
  return { pointer: at, message }
}

function findRefused(schema: unknown, pointer: string): FieldIssue | null {
  if (Array.isArray(schema)) return first(schema.map((one, index) => findRefused(one, `${pointer}/${index}`)))
  if (!isObject(schema)) return null
  return first(
    Object.entries(schema).map(([name, member]) => {
      const at = pointer + toPointer([name])
      const message = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined
      if (message !== undefined) return { pointer: at, message }
      if (INNER.has(name)) return findRefused(member, at)
      if (!MAPS.has(name) || !isObject(member)) return null
      return first(Object.entries(member).map(([key, one]) => findRefused(one, at + toPointer([key]))))
    }),
  )
}

function first(found: readonly (FieldIssue | null)[]): FieldIssue | null {
  return found.find((one) => one !== null) ?? null
}
