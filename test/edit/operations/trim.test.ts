import { expect, test } from 'vitest'
import { operationSchema } from '../../../src/edit/operation-schemas.js'

test('a trim without a start begins at 0, and without an end it lasts to the end', () => {
  expect(operationSchema.validate({ type: 'trim' }).value).toEqual({
    type: 'trim',
    start_time: 0,
    end_time: null,
    mode: null,
  })
  const checked = operationSchema.validate({ type: 'trim', end_time: 4 })
  expect(checked).toEqual({ value: { type: 'trim', start_time: 0, end_time: 4, mode: null } })
})

test('a part without a start begins at 0; one without an end is refused in words', () => {
  const checked = operationSchema.validate({ type: 'trim', segments: [{ end_time: 2 }] })
  expect(checked).toMatchObject({ value: { segments: [{ start_time: 0, end_time: 2 }] } })
  const { error } = operationSchema.validate({ type: 'trim', segments: [{ start_time: 2 }] })
  expect(error?.message).not.toContain('ref:')
})

test.each([
  [0.1, true],
  [16, true],
  [0.09, false],
  [17, false],
])('a speed of %d is taken: %s', (factor, isTaken) => {
  expect(operationSchema.validate({ type: 'speed', factor }).error === undefined).toBe(isTaken)
})
