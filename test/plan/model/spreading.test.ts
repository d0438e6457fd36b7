import { expect, test } from 'vitest'
import { fromCapacity, type StoredCapacity, toCapacity } from '../../../src/plan/model/spreading.js'

const partPrefix = 'parts/job/'

test.each<[string, StoredCapacity]>([
  ['whole', null],
  ['copies', { slots: 0, threadsPerSlot: 1, partPrefix }],
  ['chunks', { slots: 6, threadsPerSlot: 2, partPrefix }],
])('a job of the kind %s is stored in the form that older plans have', (kind, capacity) => {
  const spreading = fromCapacity(capacity)
  expect(spreading.kind).toBe(kind)
  expect(toCapacity(spreading)).toEqual(capacity)
})
