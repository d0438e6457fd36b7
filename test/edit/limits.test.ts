import { expect, test } from 'vitest'
import { audioChoiceSchema } from '../../src/edit/fields/audio-choice.js'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'

/** The places of the numbers in a JSON Schema that have neither two limits nor a list of values. */
function unlimited(schema: unknown, place = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const isNumber =
    'type' in schema && [schema.type].flat().some((type) => /number|integer/.test(String(type)))
  const least = 'minimum' in schema || 'exclusiveMinimum' in schema
  const most = 'maximum' in schema || 'exclusiveMaximum' in schema
  const isOpen = isNumber && !('enum' in schema) && !(least && most)
  const below = Object.entries(schema).flatMap(([key, value]) => unlimited(value, `${place}/${key}`))
  return isOpen ? [place, ...below] : below
}

test.each([
  ['operations', operationSchema],
  ['output', outputSchema],
  ['audio', audioChoiceSchema],
])('every number of %s has a minimum and a maximum', (_, schema) => {
  const json = schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
  expect(JSON.stringify(json)).toContain('"maximum"')
  expect(unlimited(json)).toEqual([])
})
