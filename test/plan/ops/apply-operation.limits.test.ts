import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { FadeOperation } from '../../../src/edit/operations/fade.js'
import { tempoSteps } from '../../../src/plan/ops/speed.js'
import { edited, mediaFacts, tryCompile, videoFacts } from '../../support/plan-facts.js'

const pointers = (operation: Operation, facts = mediaFacts()) => {
  const compilation = tryCompile(edited(operation), { facts })
  return compilation.ok ? [] : compilation.issues.map(({ pointer }) => pointer)
}

const crop = (width: number, height: number, x: number | null, y: number | null): Operation => ({
  ...{ type: 'crop', width, height, x, y },
})
const fade = (seconds: Partial<FadeOperation>): FadeOperation => ({
  ...{ type: 'fade', in: 0, out: 0, target: 'both', color: 'black' },
  ...seconds,
})

describe('an operation that the material has no room for is refused at its field', () => {
  test.each<[string, Operation, string[]]>([
    ['a crop beyond the right edge', crop(700, 100, 600, 0), ['/operations/0/width']],
    ['a crop to the very edges', crop(680, 720, 600, 0), []],
    [
      'a crop larger than the picture',
      crop(1281, 721, null, null),
      ['/operations/0/width', '/operations/0/height'],
    ],
    ['fades that meet', fade({ in: 5, out: 5 }), []],
    ['fades that overlap', fade({ in: 6, out: 5 }), ['/operations/0']],
  ])('%s', (_, operation, wanted) => {
    expect(pointers(operation)).toEqual(wanted)
  })

  test('a pad that is too low, a blur beyond the bottom', () => {
    const pad = { type: 'pad', width: 1280, height: 719, background: 'color', color: 'black' } as const
    expect(pointers(pad)).toEqual(['/operations/0/height'])
    const region = { x: 0, y: 700, width: 10, height: 21, radius: 5, start_time: 0, end_time: null }
    expect(pointers({ type: 'blur', ...region })).toEqual(['/operations/0/height'])
  })

  test('a resize by one side that makes the other too long', () => {
    const facts = mediaFacts({ video: videoFacts({ width: 100, height: 1000 }) })
    expect(pointers({ type: 'resize', width: 8192, height: null, fit: 'fit' }, facts)).toEqual([
      '/operations/0',
    ])
  })

  test.each([
    { type: 'resize', width: 5000, height: 5000, fit: 'stretch' },
    { type: 'pad', width: 8192, height: 8192, background: 'color', color: 'black' },
  ] as const)('a picture of more than 8192×4320: %j', (op) => {
    expect(pointers(op)).toEqual(['/operations/0'])
  })

  test('a speed that makes more than twelve hours', () => {
    const seconds = 4 * 3600
    const facts = mediaFacts({ durationSec: seconds, video: videoFacts({ durationSec: seconds }) })
    expect(pointers({ type: 'speed', factor: 0.25 }, facts)).toEqual(['/operations/0/factor'])
  })

  test('louder silence', () => {
    expect(pointers({ type: 'volume', gain_db: 3 }, mediaFacts({ audio: [] }))).toEqual(['/operations/0'])
  })
})

test.each([0.25, 0.3, 0.5, 1, 1.7, 2, 3, 4])(
  'the tempo steps for %d are within range and make it',
  (factor) => {
    const steps = tempoSteps(factor)
    expect(steps.every((step) => step >= 0.5 && step <= 2)).toBe(true)
    expect(steps.reduce((product, step) => product * step, 1)).toBeCloseTo(factor, 9)
  },
)
