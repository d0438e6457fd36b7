import { COLOR_PATTERN } from '../../src/edit/fields/color.js'
import { ASSET_NAME_PATTERN } from '../../src/edit/limits.js'
import { type JsonSchema, propertiesOf } from '../../src/http/openapi/json-schema.js'

/** Names for patterns, shown instead of them. */
const PATTERN_NAMES: Readonly<Record<string, string>> = {
  [COLOR_PATTERN.source]: 'colour',
  [ASSET_NAME_PATTERN.source]: 'name of an asset',
  '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$': 'language tag',
}

/** Markdown table of an object's fields. Fields of inner objects have dotted names. */
export function fieldTable(schema: JsonSchema): string {
  const rows = fieldRows(schema, '')
  if (rows.length === 0) return 'This operation has no fields.'
  return ['| Field | Value | Default | |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function fieldRows(schema: JsonSchema, prefix: string): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, field]) => {
    if (prefix === '' && name === 'type') return []
    const own = `| \`${prefix}${name}\` | ${valueOf(field)} | ${defaultOf(schema, name, field)} | ${textOf(field)} |`
    const inner = itemsOf(field)
    return [own, ...fieldRows(inner ?? field, inner ? `${prefix}${name}[].` : `${prefix}${name}.`)]
  })
}

function valueOf(field: JsonSchema): string {
  const parts = alternativesOf(field)
  if (parts.length > 0) return [...new Set(parts.map(valueOf))].join(', or ')
  const types = [field.type].flat().filter((type) => type !== undefined)
  const values = listOf(field.enum)
  const plain = types.filter((type) => type !== 'null').map((type) => plainValue(textual(type), field))
  const named =
    values.length > 0
      ? [
          values
            .filter((value) => value !== null)
            .map(code)
            .join(', '),
        ]
      : plain
  const isNullable = types.includes('null') || values.includes(null)
  return [...named, ...(isNullable ? ['`null`'] : [])].join(' or ')
}

function plainValue(type: string, field: JsonSchema): string {
  switch (type) {
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'}${range(field.minimum ?? above(field), field.maximum)}`
    case 'string':
      return (
        PATTERN_NAMES[textual(field.pattern ?? '')] ?? `text${range(null, field.maxLength, ' characters')}`
      )
    case 'boolean':
      return '`true` or `false`'
    case 'array':
      return `list${range(field.minItems, field.maxItems)}${itemValues(field)}`
    default:
      return type
  }
}

function above({ exclusiveMinimum }: JsonSchema): string | null {
  return exclusiveMinimum === undefined ? null : `above ${textual(exclusiveMinimum)}`
}

function range(least: unknown, most: unknown, unit = ''): string {
  const [from, to] = [least ?? null, most ?? null].map((bound) => (bound === null ? null : textual(bound)))
  if (from && to) return `, ${from} to ${to}${unit}`
  if (from) return `, ${from} or more${unit}`
  return to ? `, at most ${to}${unit}` : ''
}

function itemValues(field: JsonSchema): string {
  const { items } = field
  return isSchema(items) && items.type !== 'object' ? ` of ${valueOf(items)}` : ''
}

function itemsOf(field: JsonSchema): JsonSchema | null {
  const { items } = field
  if (isSchema(items)) return items
  const list = alternativesOf(field).find((part) => isSchema(part.items))
  return list ? itemsOf(list) : null
}

function defaultOf(schema: JsonSchema, name: string, field: JsonSchema): string {
  if (listOf(schema.required).includes(name)) return 'required'
  return field.default === undefined ? '' : code(field.default)
}

function textOf({ description, ...field }: JsonSchema): string {
  const text = description ?? alternativesOf(field).find((part) => part.description)?.description ?? ''
  return textual(text).replace(/\|/g, '\\|')
}

export function alternativesOf({ anyOf }: JsonSchema): JsonSchema[] {
  return listOf(anyOf).filter(isSchema)
}

function code(value: unknown): string {
  return `\`${textual(value)}\``
}

function textual(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
