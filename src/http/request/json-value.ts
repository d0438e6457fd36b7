import type { JsonObject, JsonValue } from '../../jobs/model.js'

/** A checked value as plain JSON; undefined members are left out. */
export function toJsonObject(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, toJsonValue(member)]],
    ),
  )
}

function toJsonValue(value: unknown): JsonValue {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value
  }
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (typeof value === 'object') return toJsonObject(value)
  throw new TypeError(`not a JSON value: ${typeof value}`)
}
