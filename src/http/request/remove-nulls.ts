type Path = readonly (string | number)[]

/**
 * A JSON value without those members of its objects at the given places that are null. The value itself stays as it is;
 * it is returned where there are none.
 */
export function removeNulls(value: unknown, places: readonly Path[]): unknown {
  const nulls = places.filter((path) => isNullMember(value, path))
  if (nulls.length === 0) return value
  const copy: unknown = structuredClone(value)
  for (const path of nulls) {
    const owner = valueAt(copy, path.slice(0, -1))
    if (isObject(owner)) Reflect.deleteProperty(owner, path.at(-1) ?? '')
  }
  return copy
}

function isNullMember(value: unknown, path: Path): boolean {
  const name = path.at(-1)
  const owner = valueAt(value, path.slice(0, -1))
  return (
    name !== undefined && isObject(owner) && Object.hasOwn(owner, name) && Reflect.get(owner, name) === null
  )
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, name)
        ? Reflect.get(part, name)
        : undefined,
    value,
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
