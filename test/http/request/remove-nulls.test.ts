import { expect, test } from 'vitest'
import { removeNulls } from '../../../src/http/request/remove-nulls.js'

test('null members at the places are removed, and nothing else', () => {
  const value = { a: null, b: { c: null, d: 1 }, list: [{ e: null }, null], z: null }
  const places = [['a'], ['b', 'c'], ['b', 'd'], ['list', 0, 'e'], ['list', 1], ['missing', 'x'], []]
  expect(removeNulls(value, places)).toEqual({ b: { d: 1 }, list: [{}, null], z: null })
  expect(value.b.c).toBeNull()
})

test('a value without such members is returned itself', () => {
  const value = { a: 1, b: [null] }
  expect(removeNulls(value, [['a'], ['b', 0], ['toString'], ['__proto__']])).toBe(value)
})
