import Joi from 'joi'
import { expect, test } from 'vitest'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import { problems } from '../../support/schema-problems.js'

const VIGNETTE = { type: 'vignette' }

test('a vignette takes half of the brightness in the corners', () => {
  expect(Joi.attempt(VIGNETTE, operationSchema, { convert: false })).toEqual({ ...VIGNETTE, strength: 0.5 })
})

test('its strength is 0 to 1', () => {
  for (const strength of [0, 0.25, 1])
    expect(problems(operationSchema, { ...VIGNETTE, strength })).toEqual([])
  for (const strength of [-0.01, 1.01, '0.5', null, NaN])
    expect([strength, problems(operationSchema, { ...VIGNETTE, strength })]).toEqual([strength, ['strength']])
})

test('it has no times', () => {
  expect(problems(operationSchema, { ...VIGNETTE, start_time: 1 })).toEqual(['start_time'])
})
