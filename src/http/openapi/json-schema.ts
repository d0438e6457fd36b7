import type Joi from 'joi'

export type JsonSchema = Readonly<Record<string, unknown>>

const TARGET = { target: 'draft-2020-12' } as const

/** JSON Schema of what a client may send. */
export function requestSchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(schema['~standard'].jsonSchema.input(TARGET), exact)
}

/** JSON Schema of a JSON body, whose optional members may be null as well (src/http/request/fields.ts). */
export function bodySchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(requestSchema(schema), allowNulls)
}

/** JSON Schema of what a client may rely on. Answers may have fields that it does not name. */
export function answerSchema(schema: Joi.Schema): JsonSchema {
  return mapSchema(schema['~standard'].jsonSchema.output(TARGET), (node) => open(exact(node)))
}

/** Applies a change to every schema within a schema, from the inside out. */
function mapSchema(node: JsonSchema, change: (node: JsonSchema) => JsonSchema): JsonSchema {
  const mapPart = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(mapPart)
    return isObject(part) ? mapSchema(part, change) : part
  }
  return change(Object.fromEntries(Object.entries(node).map(([name, part]) => [name, mapPart(part)])))
}

/** Corrects the output of joi 18: an enum without the null it allows, and an inverted pattern shown as a required one. */
function exact(node: JsonSchema): JsonSchema {
  const { type, pattern } = node
  const values: unknown[] = Array.isArray(node.enum) ? node.enum : []
  const forgetsNull = values.length > 0 && Array.isArray(type) && type.includes('null')
  return {
    ...node,
    ...(forgetsNull && !values.includes(null) ? { enum: [...values, null] } : {}),
    ...(pattern === '\\0' ? { pattern: '^[^\\u0000]*$' } : {}),
  }
}

function allowNulls(node: JsonSchema): JsonSchema {
  if (!isObject(node.properties)) return node
  const required: readonly unknown[] = Array.isArray(node.required) ? node.required : []
  const properties = Object.entries(propertiesOf(node)).map(([name, schema]) => [
    name,
    required.includes(name) ? schema : orNull(schema),
  ])
  return { ...node, properties: Object.fromEntries(properties) }
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, anyOf, ...rest } = schema
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...(anyOf as unknown[]), { type: 'null' }] }
  const types = [type ?? []].flat()
  if (types.length === 0 || types.includes('null')) return schema
  return {
    ...rest,
    type: [...types, 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
  }
}

function open(node: JsonSchema): JsonSchema {
  const { additionalProperties, ...rest } = node
  return additionalProperties === false ? rest : node
}

/** The properties of an object's schema. */
export function propertiesOf({ properties }: JsonSchema): Record<string, JsonSchema> {
  if (!isObject(properties)) return {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => (isObject(schema) ? [[name, schema]] : [])),
  )
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
