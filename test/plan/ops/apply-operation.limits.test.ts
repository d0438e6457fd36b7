import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { FadeOperation } from '../../../src/edit/operations/fade.js'
import { edited, mediaFacts, pointersOf, videoFacts } from '../../support/plan-facts.js'

const pointers = (operation: Operation, facts = mediaFacts()) => pointersOf(edited(operation), { facts })

const crop = (width: number, height: number, x: number | null, y: number | null): Operation => ({
  ...{ type: 'crop', width, height, x, y },
})
const fade = (seconds: Partial<FadeOperation>): FadeOperation => ({
  ...{ type: 'fade', in: 0, out: 0, target: 'both', color: 'black' },
  ...seconds,
})

describe('operations are refused at the field that exceeds the material', () => {
  test.each<[string, Operation, string[]]>([
    ['a crop beyond the right edge', crop(700, 100, 600, 0), ['/operations/0/width']],
    ['a crop to the very edges, which fits', crop(680, 720, 600, 0), []],
    [
      'a crop larger than the picture',
      crop(1281, 721, null, null),
      ['/operations/0/width', '/operations/0/height'],
    ],
    ['fades that meet, which fit', fade({ in: 5, out: 5 }), []],
    ['fades that overlap', fade({ in: 6, out: 5 }), ['/operations/0']],
  ])('%s', (_, operation, wanted) => {
    expect(pointers(operation)).toEqual(wanted)
  })

  test('a pad that is not high enough, and a blur beyond the bottom edge', () => {
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

  test('more volume for material without sound', () => {
    expect(pointers({ type: 'volume', gain_db: 3 }, mediaFacts({ audio: [] }))).toEqual(['/operations/0'])
  })
})
