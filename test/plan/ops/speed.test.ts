import { describe, expect, test } from 'vitest'
import { tempoSteps } from '../../../src/plan/ops/speed.js'
import { edited, mediaFacts, pointersOf, videoFacts } from '../../support/plan-facts.js'

describe('operations are refused at the field that exceeds the material', () => {
  test('a speed that makes more than twelve hours', () => {
    const seconds = 4 * 3600
    const facts = mediaFacts({ durationSec: seconds, video: videoFacts({ durationSec: seconds }) })
    expect(pointersOf(edited({ type: 'speed', factor: 0.25 }), { facts })).toEqual(['/operations/0/factor'])
  })
})

test.each([0.25, 0.3, 0.5, 1, 1.7, 2, 3, 4])(
  'the tempo steps for %d are within range, and their product is the factor',
  (factor) => {
    const steps = tempoSteps(factor)
    expect(steps.every((step) => step >= 0.5 && step <= 2)).toBe(true)
    expect(steps.reduce((product, step) => product * step, 1)).toBeCloseTo(factor, 9)
  },
)
