import { describe, expect, test } from 'vitest'
import { displaySample, toneCurve } from '../../../src/plan/colour/tone-curve.js'

/** The sample of 8 bits that shows a light in cd/m². */
function sampleOf(peakNits: number, nits: number): number {
  return displaySample(toneCurve(peakNits)(nits)) * 255
}

describe.each([203, 400, 600, 1000, 4000, 10_000])('with a peak of %d cd/m²', (peak) => {
  test('reference white is 235, and 18 %% grey is 104', () => {
    expect(sampleOf(peak, 203)).toBeCloseTo(235, 1)
    expect(sampleOf(peak, 26.17)).toBeCloseTo(104, 0)
  })

  test('more light is never shown darker, and never above white', () => {
    const curve = toneCurve(peak)
    const lights = Array.from({ length: 2000 }, (_, step) => curve(10_000 * (step / 2000) ** 3))
    expect(lights.every((light, step) => step === 0 || light >= (lights[step - 1] ?? 2))).toBe(true)
    expect(Math.max(...lights)).toBeLessThanOrEqual(1)
    expect(curve(0)).toBe(0)
  })

  test('there is no step at the knee nor at white', () => {
    for (const nits of [100, 203]) {
      expect(sampleOf(peak, nits * 1.001) - sampleOf(peak, nits * 0.999)).toBeLessThan(0.3)
    }
  })
})

test('highlights reach the top at the peak, and not before', () => {
  expect(sampleOf(4000, 4000)).toBe(255)
  expect(sampleOf(4000, 1000)).toBeLessThan(250)
  expect(sampleOf(1000, 1000)).toBe(255)
})
