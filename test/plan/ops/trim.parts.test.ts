import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import type { Stretch } from '../../../src/edit/operations/trim.js'
import { Findings } from '../../../src/plan/context.js'
import { trimWindows } from '../../../src/plan/join/trim-windows.js'
import { compilePlan, edited, mediaFacts, tryCompile, videoFacts } from '../../support/plan-facts.js'

const part = (start_time: number, end_time: number): Stretch => ({ start_time, end_time })
const keep = (...segments: Stretch[]): Operation => ({ type: 'trim', segments, mode: 'exact' })
const remove = (...parts: Stretch[]): Operation => ({ type: 'trim', remove: parts, mode: 'exact' })

const issues = (...operations: Operation[]) => {
  const compilation = tryCompile(edited(...operations))
  return compilation.ok ? [] : compilation.issues
}

describe('parts that contradict the material are refused at their fields', () => {
  test.each<[string, Operation, string[]]>([
    ['a segment past the end', keep(part(1, 2), part(9, 11)), ['segments/1/end_time']],
    ['a segment after the end', keep(part(10, 10.02)), ['segments/0/start_time', 'segments']],
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

test.each<[string, Operation, [number, number][]]>([
  [
    'segments in another order',
    keep(part(4, 5), part(1, 2)),
    [
      [100, 125],
      [25, 50],
    ],
  ],
  [
    'segments that overlap',
    keep(part(1, 3), part(2, 4)),
    [
      [25, 75],
      [50, 100],
    ],
  ],
  [
    'a segment that comes again',
    keep(part(1, 2), part(1, 2)),
    [
      [25, 50],
      [25, 50],
    ],
  ],
  [
    'a segment that continues the one before',
    keep(part(4, 5), part(1, 2), part(2, 3)),
    [
      [100, 125],
      [25, 75],
    ],
  ],
  [
    'removed parts that overlap, in any order',
    remove(part(6, 9), part(1, 3), part(2, 4)),
    [
      [0, 25],
      [100, 150],
      [225, 250],
    ],
  ],
])('%s are taken as they are given', (_, op, windows) => {
  const findings = new Findings()
  const extent = { frameRate: { num: 25, den: 1 }, frameCount: 250, statedSec: 10 }
  const kept = op.type === 'trim' ? trimWindows(op, extent, findings, '/operations/0') : []
  expect(kept.map(({ start, end }) => [start, end])).toEqual(windows)
  expect([findings.issues, findings.warnings]).toEqual([[], []])
})

test('parts that come again until they are longer than twelve hours are refused', () => {
  const seconds = 4 * 3600
  const facts = mediaFacts({ durationSec: seconds, video: videoFacts({ durationSec: seconds }) })
  const hours = (count: number) => edited(keep(...Array.from({ length: count }, () => part(0, seconds))))
  expect(tryCompile(hours(3), { facts }).ok).toBe(true)
  const compilation = tryCompile(hours(4), { facts })
  expect(compilation.ok ? [] : compilation.issues).toEqual([
    { pointer: '/operations/0/segments', message: 'the result would be longer than 12 hours' },
  ])
})

test('a part without a frame is told', () => {
  const plan = compilePlan(edited(keep(part(1, 2), part(3.001, 3.002))))
  expect(plan.warnings).toContainEqual({
    code: 'no-effect',
    message:
      'The part at /operations/0/segments/1 changes nothing: between 3.001 s and 3.002 s there is no frame.',
  })
})

describe('behind other operations, parts in another order', () => {
  const fade: Operation = { type: 'fade', in: 0, out: 1, target: 'video', color: 'black' }
  const shuffled = (count: number) => Array.from({ length: count }, (_, i) => part(9 - i / 10, 9.5 - i / 10))

  test('read the source once for the pictures and once for the sound of each', () => {
    const [pass] = compilePlan(edited(fade, keep(...shuffled(50)))).passes
    expect(pass?.inputs).toHaveLength(100)
    expect(pass?.inputs.filter(({ seekSec }) => seekSec > 0)).toHaveLength(50)
  })

  test('are refused where the files would be opened again and again', () => {
    const [issue] = issues(fade, keep(...shuffled(20)), keep(...Array.from({ length: 20 }, () => part(0, 9))))
    expect(issue?.pointer).toBe('/operations/2/segments')
    expect(issue?.message).toContain('more than 128 times')
  })
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
