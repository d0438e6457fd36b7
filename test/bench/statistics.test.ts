import { expect, test } from 'vitest'
import { median, ratio } from '../../bench/statistics.mjs'

test('the median is the middle value, or the mean of the two in the middle, for values in any order', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 2, 4, 1])).toBe(3)
  expect(median([])).toBeNull()
})

test('a ratio to a value that was not measured is null', () => {
  expect(ratio(3, 4)).toBe(0.75)
  expect(ratio(undefined, 4)).toBeNull()
  expect(ratio(3, null)).toBeNull()
  expect(ratio(3, 0)).toBeNull()
})
