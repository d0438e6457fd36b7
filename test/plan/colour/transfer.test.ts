import { expect, test } from 'vitest'
import { curveOf, isOtherGamma, keptCurve } from '../../../src/plan/colour/transfer.js'

test.each(['bt709', 'iec61966-2-1', 'bt470m', 'bt470bg', 'linear', 'gamma1.8', 'unheard-of'])(
  '%s leads to light and back',
  (transfer) => {
    const { toLight, toSample } = curveOf(transfer)
    for (const sample of [0, 0.01, 0.05, 0.5, 1]) expect(toSample(toLight(sample))).toBeCloseTo(sample, 4)
  },
)

test('only what players show differently from BT.709 is another gamma', () => {
  const names = ['bt709', 'iec61966-2-1', 'bt470m', 'gamma2.2', 'gamma1.8', 'bt470bg', 'linear', 'unheard-of']
  expect(names.filter(isOtherGamma)).toEqual(['gamma1.8', 'bt470bg', 'linear'])
})

test('samples of a gamma get the curve of sRGB, those of cameras keep theirs', () => {
  expect(keptCurve('gamma1.8').toSample(0.214)).toBeCloseTo(0.5, 2)
  expect(keptCurve('bt2020-10').toSample(0.26)).toBeCloseTo(0.5, 2)
})
