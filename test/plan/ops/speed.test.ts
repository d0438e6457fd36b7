import { describe, expect, test } from 'vitest'
import { compilePlan, edited, mediaFacts, pointersOf, videoFacts } from '../../support/plan-facts.js'

describe('operations are refused at the field that exceeds the material', () => {
  test('a speed that makes more than twelve hours', () => {
    const seconds = 4 * 3600
    const facts = mediaFacts({ durationSec: seconds, video: videoFacts({ durationSec: seconds }) })
    expect(pointersOf(edited({ type: 'speed', factor: 0.25 }), { facts })).toEqual(['/operations/0/factor'])
  })
})

test.each<[string, number, number | null]>([
  ['begins after the end', 11, null],
  ['lies between two frames', 3.001, 3.002],
])('a speed for a stretch that %s is told', (_, start_time, end_time) => {
  const plan = compilePlan(edited({ type: 'speed', factor: 2, start_time, end_time }))
  expect(plan.warnings.map(({ code }) => code)).toEqual(['no-effect'])
  expect(plan.passes[0]?.encodes[0].expected.picture?.frameCount).toBe(250)
})
