import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import type { Stretch } from '../../../src/edit/operations/trim.js'
import { compilePlan, edited, mediaFacts, tryCompile, videoFacts } from '../../support/plan-facts.js'

const part = (start_time: number, end_time: number): Stretch => ({ start_time, end_time })
const keep = (...segments: Stretch[]): Operation => ({ type: 'trim', segments, mode: 'exact' })
const remove = (...parts: Stretch[]): Operation => ({ type: 'trim', remove: parts, mode: 'exact' })

const issues = (...operations: Operation[]) => {
  const compilation = tryCompile(edited(...operations))
  return compilation.ok ? [] : compilation.issues
}

describe('parts that contradict each other or the material are refused at their fields', () => {
  test.each<[string, Operation, string[]]>([
    ['a segment past the end', keep(part(1, 2), part(9, 11)), ['segments/1/end_time']],
    ['a segment after the end', keep(part(10, 10.02)), ['segments/0/start_time', 'segments']],
    ['segments that overlap', keep(part(1, 3), part(2, 4)), ['segments/1/start_time']],
    ['segments in another order', keep(part(4, 5), part(1, 2)), ['segments/1/start_time']],
    ['removed parts that overlap', remove(part(1, 3), part(2, 4)), ['remove/1/start_time']],
    ['a removed part past the end', remove(part(1, 12)), ['remove/0/end_time']],
    ['removed parts that leave nothing', remove(part(0, 5), part(5, 10)), ['remove']],
    ['segments between two frames', keep(part(1.001, 1.002)), ['segments']],
  ])('%s', (_, operation, pointers) => {
    const wanted = pointers.map((pointer) => `/operations/0/${pointer}`)
    expect(issues(operation).map(({ pointer }) => pointer)).toEqual(wanted)
  })

  test('a trim counts its times on what the segments before it have left', () => {
    expect(issues(keep(part(1, 2), part(4, 5)), keep(part(0, 1), part(1.5, 2)))).toEqual([])
    const [issue] = issues(keep(part(1, 2), part(4, 5)), keep(part(1.5, 2.1)))
    expect(issue?.pointer).toBe('/operations/1/segments/0/end_time')
  })
})

test('the sound of fifty parts adds up to the length of their frames, to the sample', () => {
  const rate = { num: 30_000, den: 1001 }
  const facts = mediaFacts({ video: videoFacts({ frameRate: rate, frameCount: 300, durationSec: 10.01 }) })
  const parts = Array.from({ length: 50 }, (_, index) => part(index / 5, index / 5 + 0.1))
  const [pass] = compilePlan(edited(keep(...parts)), { facts }).passes
  const lengths = pass?.graph.flatMap(({ filter, args }) =>
    filter === 'atrim' && 'start_sample' in args ? [Number(args.end_sample) - Number(args.start_sample)] : [],
  )
  expect(lengths).toHaveLength(50)
  const frames = pass?.encodes[0].expected.picture?.frameCount ?? NaN
  expect(lengths?.reduce((sum, length) => sum + length, 0)).toBe(
    Math.round((frames * 1001 * 48_000) / 30_000),
  )
})

describe('a trim has exactly one of its three forms', () => {
  const parts = [part(1, 2)]
  test.each<[object, string[]]>([
    [{ start_time: 1, end_time: 2 }, []],
    [{ segments: parts }, []],
    [{ remove: parts }, []],
    [{ segments: parts, remove: parts }, ['remove']],
    [{ segments: parts, start_time: 1 }, ['start_time']],
    [{ remove: parts, end_time: 1 }, ['end_time']],
    [{ segments: [] }, ['segments']],
    [{ remove: Array.from({ length: 51 }, () => part(1, 2)) }, ['remove']],
    [{ segments: [part(2, 1)] }, ['segments.0.end_time']],
    [{ segments: [{ start_time: 1 }] }, ['segments.0.end_time']],
    [{ segments: null }, ['segments']],
  ])('%j has mistakes at %j', (fields, where) => {
    const { error } = operationSchema.validate({ type: 'trim', ...fields }, { abortEarly: false })
    expect(error?.details.map(({ path }) => path.join('.')) ?? []).toEqual(where)
  })
})
