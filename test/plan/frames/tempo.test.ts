import { expect, test } from 'vitest'
import { tempoSteps } from '../../../src/plan/frames/tempo.js'

test.each([0.1, 0.25, 0.3, 0.5, 1, 1.7, 2, 3, 4, 16])(
  'the tempo steps for %d are within range, and their product is the factor',
  (factor) => {
    const steps = tempoSteps(factor)
    expect(steps.every((step) => step >= 0.5 && step <= 2)).toBe(true)
    expect(steps.reduce((product, step) => product * step, 1)).toBeCloseTo(factor, 9)
  },
)
