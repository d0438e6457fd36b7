import { expect, test } from 'vitest'
import { median, ratio } from '../../bench/statistics.mjs'

test('the median is the middle value, or the mean of the two in the middle, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 2, 4, 1])).toBe(3)
  expect(median([])).toBeNull()
})

test('a ratio of what was not measured is none', () => {
  expect(ratio(3, 4)).toBe(0.75)
  expect(ratio(undefined, 4)).toBeNull()
  expect(ratio(3, null)).toBeNull()
  expect(ratio(3, 0)).toBeNull()
})
