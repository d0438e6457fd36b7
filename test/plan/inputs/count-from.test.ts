import { expect, test } from 'vitest'
import { countFrom, countSoundFrom } from '../../../src/plan/inputs/count-from.js'

test('a moment of the file’s clock becomes 0, to the microsecond', () => {
  expect(countFrom(1.466667, {})[1]).toEqual(['setpts', { expr: 'PTS-1466667' }])
  expect(countFrom(-0.021, {})[1]).toEqual(['setpts', { expr: 'PTS+21000' }])
  expect(countSoundFrom(-0.021, {})).toEqual(['asetpts', { expr: 'PTS-round(-0.021/TB)' }])
})

test('each jump of the clock adds a step to the expression', () => {
  const jumps = [
    { stepSec: -3.96, shiftSec: 4 },
    { stepSec: 995, shiftSec: -990 },
  ]
  const text = JSON.stringify(countSoundFrom(0, { jumps }))
  expect(text).toContain('lt(T-PREV_INT,-1.980000)')
  expect(text).toContain('gt(T-PREV_INT,497.500000)')
})
