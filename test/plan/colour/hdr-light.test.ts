import { expect, test } from 'vitest'
import { hlgToNits, nitsToHlg, nitsToPq, pqToNits } from '../../../src/plan/colour/hdr-light.js'

test.each([
  // ITU-R BT.2408, table 1: 18 % grey and reference white in both systems.
  [0.38, 26],
  [0.75, 203],
  [1, 1000],
])('HLG %d is %d cd/m² on a display of 1000', (sample, nits) => {
  expect(Math.round(hlgToNits([sample, sample, sample])[0])).toBe(nits)
})

test.each([
  [0.38, 26],
  [0.58, 202],
  [1, 10_000],
])('PQ %d is %d cd/m²', (sample, nits) => {
  expect(Math.round(pqToNits(sample))).toBe(nits)
})

test('both ways lead back', () => {
  expect(nitsToPq(pqToNits(0.42))).toBeCloseTo(0.42, 9)
  const [red, green, blue] = nitsToHlg(hlgToNits([0.7, 0.4, 0.1]))
  expect([red, green, blue].map((value) => value.toFixed(6))).toEqual(['0.700000', '0.400000', '0.100000'])
  expect(nitsToHlg([0, 0, 0])).toEqual([0, 0, 0])
})
