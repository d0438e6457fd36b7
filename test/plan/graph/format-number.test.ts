import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatNumber } from '../../../src/plan/graph/format-number.js'

describe('a number', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [5, '5'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [1 / 3, '0.333333'],
    [1e-7, '0'],
    [100.5, '100.5'],
    [1000.0000001, '1000'],
    [1e15, '1000000000000000'],
  ])('%d is written %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  test.each([NaN, Infinity, -Infinity])('%d is refused', (value) => {
    expect(() => formatNumber(value)).toThrow(RangeError)
  })

  test('is written without an exponent, with six decimals at most', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (value) => {
        const text = formatNumber(value)
        expect(text).toMatch(/^-?\d+(\.\d{1,6})?$/)
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(1e-6)
      }),
    )
  })
})
