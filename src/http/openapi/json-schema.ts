import type Joi from 'joi'

export type JsonSchema = Readonly<Record<string, unknown>>

const TARGET = { target: 'draft-2020-12' } as const

/** JSON Schema of what a client may send. */
export function requestSchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(schema['~standard'].jsonSchema.input(TARGET), exact)
}

/** JSON Schema of a JSON body, whose optional members may be null as well (src/http/request/fields.ts). */
export function bodySchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(requestSchema(schema), (node) => allowNulls(simplified(node)))
}

/** JSON Schema of what a client may rely on. Answers may have fields that it does not name. */
export function answerSchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(schema['~standard'].jsonSchema.output(TARGET), (node) => open(exact(node)))
}

/** Members of a schema that are values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['default', 'enum', 'const', 'examples'])

/** Applies a change to every schema within a schema, from the inside out. */
function mapSchema(node: JsonSchema, change: (node: JsonSchema) => JsonSchema): JsonSchema {
  const mapPart = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(mapPart)
    return isObject(part) ? mapSchema(part, change) : part
  }
  const mapMember = ([name, part]: [string, unknown]): [string, unknown] => {
    if (VALUES.has(name)) return [name, part]
    // Its members are fields, which may be called like the members of a schema.
    if (name !== 'properties' || !isObject(part)) return [name, mapPart(part)]
    return [name, Object.fromEntries(Object.entries(part).map(([field, schema]) => [field, mapPart(schema)]))]
  }
  return change(Object.fromEntries(Object.entries(node).map(mapMember)))
}

/**
 * Corrects the output of joi 18: an enum without the null it allows, an inverted pattern shown as a required one, and
 * an object that may have any members, of which generators make one without any.
 */
function exact(node: JsonSchema): JsonSchema {
  const { type, pattern } = node
  const values: unknown[] = Array.isArray(node.enum) ? node.enum : []
  const forgetsNull = values.length > 0 && Array.isArray(type) && type.includes('null')
  const isAnyObject =
    [type].flat().includes('object') && !('properties' in node) && !('additionalProperties' in node)
  return {
    ...withOneMinimum(node),
    ...descriptionOfSingle(node),
    ...(forgetsNull && !values.includes(null) ? { enum: [...values, null] } : {}),
    ...(pattern === '\\0' ? { pattern: '^[^\\u0000]*$' } : {}),
    ...(isAnyObject ? { additionalProperties: true } : {}),
  }
}

/** A list of which one item may stand for the whole: joi describes only the list. */
function descriptionOfSingle({ description, anyOf }: JsonSchema): JsonSchema {
  const [list, item, ...others] = listOf(anyOf).filter(isObject)
  const isSingle =
    description === undefined && list?.type === 'array' && item !== undefined && others.length === 0
  return isSingle && list.description !== undefined ? { description: list.description } : {}
}

/** joi states both bounds of `min(0).positive()`. */
function withOneMinimum(node: JsonSchema): JsonSchema {
  const { minimum, exclusiveMinimum } = node
  const isImplied =
    typeof minimum === 'number' && typeof exclusiveMinimum === 'number' && minimum <= exclusiveMinimum
  return isImplied ? without(node, 'minimum') : node
}

/** A field whose rules depend on another one: alternatives that are the same become one, and share their description. */
function simplified(node: JsonSchema): JsonSchema {
  const parts = listOf(node.anyOf).filter(isObject)
  const descriptions = [...new Set(parts.map(({ description }) => description))]
  if (descriptions.length !== 1 || descriptions[0] === undefined) return node
  const bare = parts.map((part) => without(part, 'description', 'default'))
  const distinct = [...new Map(bare.map((part) => [JSON.stringify(part), part])).values()]
  const [only, ...others] = distinct
  const about = { description: descriptions[0], ...without(node, 'anyOf') }
  return others.length === 0 ? { ...about, ...only } : { ...about, anyOf: distinct }
}

function allowNulls(node: JsonSchema): JsonSchema {
  if (!isObject(node.properties)) return node
  const required = listOf(node.required)
  const properties = Object.entries(propertiesOf(node)).map(([name, schema]) => [
    name,
    required.includes(name) ? schema : orNull(schema),
  ])
  return { ...node, properties: Object.fromEntries(properties) }
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, anyOf, ...rest } = schema
  const parts = listOf(anyOf)
  if (parts.length > 0) {
    const isNullable = parts.some((part) => isObject(part) && [part.type].flat().includes('null'))
    return isNullable ? schema : { ...schema, anyOf: [...parts, { type: 'null' }] }
  }
  const types = [type ?? []].flat()
  if (types.length === 0 || types.includes('null')) return schema
  return {
    ...rest,
    type: [...types, 'null'],
    ...(Array.isArray(values) ? { enum: [...listOf(values), null] } : {}),
  }
}

/**
 * Says defaults in words. Generators take a field of a component that has a default for one that is always there,
 * though clients may leave it out.
 */
export function withDefaultsInWords(schema: JsonSchema): JsonSchema {
  return mapSchema(schema, ({ default: value, ...node }) => {
    if (value === undefined || value === null || typeof node.description !== 'string') return node
    return { ...node, description: `${node.description}. Default: \`${JSON.stringify(value)}\`` }
  })
}

function open(node: JsonSchema): JsonSchema {
  return node.additionalProperties === false ? without(node, 'additionalProperties') : node
}

function without(node: JsonSchema, ...names: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)))
}

/** The properties of an object's schema. */
export function propertiesOf({ properties }: JsonSchema): Record<string, JsonSchema> {
  if (!isObject(properties)) return {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => (isObject(schema) ? [[name, schema]] : [])),
  )
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
