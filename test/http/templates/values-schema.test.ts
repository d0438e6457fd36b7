import { describe, expect, test } from 'vitest'
import { faultOfSchema } from '../../../src/http/templates/values-schema.js'

describe('a schema of values', () => {
  test.each([
    {},
    {
      type: 'object',
      properties: { pattern: { type: 'string' }, format: { enum: ['a'] } },
      required: ['pattern'],
    },
    { properties: { a: { anyOf: [{ type: 'number' }, { const: { pattern: '(a+)+$' } }] } } },
    { $schema: 'https://json-schema.org/draft/2020-12/schema', additionalProperties: { type: 'integer' } },
  ])('may be %j', (schema) => {
    expect(faultOfSchema(schema)).toBeNull()
  })

  test.each([
    [{ properties: { a: { pattern: '(a+)+$' } } }, '/properties/a/pattern'],
    [{ patternProperties: { '(a+)+$': {} } }, '/patternProperties'],
    [{ properties: { a: { anyOf: [{}, { not: { pattern: 'x' } }] } } }, '/properties/a/anyOf/1/not/pattern'],
    [{ dependentSchemas: { a: { format: 'regex' } } }, '/dependentSchemas/a/format'],
    [{ items: { $ref: '#' } }, '/items/$ref'],
    [{ $ref: 'http://127.0.0.1/schema' }, '/$ref'],
    [{ $defs: { a: {} } }, '/$defs'],
    [{ $id: 'http://example.org/a' }, '/$id'],
    [{ then: { prefixItems: [{ pattern: 'x' }] } }, '/then/prefixItems/0/pattern'],
    [{ propertyNames: { pattern: 'x' } }, '/propertyNames/pattern'],
    [{ dependencies: { a: { properties: { a: { pattern: '(a+)+$' } } } } }, '/dependencies'],
    [{ definitions: { a: {} } }, '/definitions'],
    [{ items: { $recursiveRef: '#' } }, '/items/$recursiveRef'],
    [{ type: 'strange' }, 'type'],
    [{ minLength: -1 }, 'minLength'],
    [{ unknown: 1 }, 'unknown'],
    [{ properties: { a: { unknown: 1 } } }, 'unknown'],
  ])('may not be %j', (schema, words) => {
    expect(faultOfSchema(schema)).toContain(words)
  })
})
