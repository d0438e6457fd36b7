import { expect, test } from 'vitest'
import { withoutSeeks } from '../../../src/plan/inputs/without-seeks.js'
import type { PassInput } from '../../../src/plan/model/plan.js'

const whole: PassInput = { key: 'a', format: 'avi', seekSec: 0, clock: 'file' }
const sought: PassInput = { key: 'b', format: 'matroska,webm', seekSec: 4.5, clock: 'file' }

test('inputs that are sought are read from their start', () => {
  expect(withoutSeeks({ inputs: [whole, sought] })).toEqual({ inputs: [whole, { ...sought, seekSec: 0 }] })
})

test('nothing is to be done without a seek, or in an old plan, in which times count from it', () => {
  const old: PassInput = { key: 'b', format: 'matroska,webm', seekSec: 4.5 }
  expect([withoutSeeks({ inputs: [whole] }), withoutSeeks({ inputs: [old] })]).toEqual([null, null])
})
