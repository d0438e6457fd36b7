import type { JsonSchema } from './json-schema.js'

export function reference(name: string): JsonSchema {
  return { $ref: pathOf(name) }
}

function pathOf(name: string): string {
  return `#/components/schemas/${name}`
}

/** One of several components, distinguished by a field. @param names of the components, by the value of the field */
export function unionOf(
  field: string,
  names: Readonly<Record<string, string>>,
  description: string,
): JsonSchema {
  const mapping = Object.entries(names).map(([value, name]) => [value, pathOf(name)] as const)
  return {
    description,
    oneOf: [...new Set(Object.values(names))].map(reference),
    discriminator: { propertyName: field, mapping: Object.fromEntries(mapping) },
  }
}
