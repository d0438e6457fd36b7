import { describe, expect, test } from 'vitest'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import type { Region, ZoomOperation } from '../../../src/edit/operations/zoom.js'
import { traitsOf } from '../../../src/plan/ops/operation-traits.js'
import { compilePlan, edited, tryCompile } from '../../support/plan-facts.js'

const part = (fields: Partial<Region>): Region => ({ width: 640, height: null, x: null, y: null, ...fields })

function zoom(fields: Partial<ZoomOperation>): ZoomOperation {
  return { type: 'zoom', from: null, to: null, easing: 'linear', start_time: 0, end_time: null, ...fields }
}

describe('a part that the picture of 1280×720 does not have is refused at its field', () => {
  test.each<[Partial<Region>, string, string]>([
    [{ x: 700 }, 'from/width', '"width" reaches beyond the picture of 1280×720'],
    [{ y: 400 }, 'from/height', '"height" reaches beyond the picture of 1280×720'],
    [{ width: 1300 }, 'from/width', '"width" reaches beyond the picture of 1280×720'],
    [{ height: 300 }, 'from/height', 'that is 640 wide is 360 high. Leave "height" out to have it so'],
  ])('%j', (fields, field, message) => {
    const compilation = tryCompile(edited(zoom({ from: part(fields) })))
    const [issue] = compilation.ok ? [] : compilation.issues
    expect(issue?.pointer).toBe(`/operations/0/${field}`)
    expect(issue?.message).toContain(message)
  })

  test('but not for the rounding of its shape', () => {
    expect(tryCompile(edited(zoom({ to: part({ width: 641, height: 361, x: 0.5, y: 0.25 }) }))).ok).toBe(true)
  })
})

test.each<[string, Partial<ZoomOperation>]>([
  ['from the whole picture to the whole picture', {}],
  ['that begins after the end', { to: part({}), start_time: 11 }],
])('a zoom %s is told to change nothing', (_, fields) => {
  const { warnings } = compilePlan(edited(zoom(fields)))
  expect(warnings.map(({ code }) => code)).toEqual(['no-effect'])
})

test.each<[string, Partial<ZoomOperation>, object | null]>([
  ['from the whole picture', { to: part({}), start_time: 2, end_time: 4 }, { start_time: 2, end_time: null }],
  ['to the whole picture', { from: part({}), start_time: 2, end_time: 4 }, { start_time: 0, end_time: 4 }],
  ['from part to part', { from: part({}), to: part({ x: 0 }) }, null],
])('a zoom %s leaves alone what its whole picture is held for', (_, fields, stretch) => {
  expect(traitsOf(zoom(fields)).changedStretch).toEqual(stretch)
})

test.each<[object, string[]]>([
  [{}, []],
  [{ from: { width: 320.5 }, to: { width: 100, height: 56.25, x: 3.25, y: 0 } }, []],
  [{ to: {} }, ['to.width']],
  [{ to: { width: 0.5 } }, ['to.width']],
  [{ to: { width: 100, x: -1 } }, ['to.x']],
  [{ easing: 'bounce' }, ['easing']],
  [{ start_time: 3, end_time: 2 }, ['end_time']],
])('a zoom of %j has mistakes at %j', (fields, where) => {
  const { error } = operationSchema.validate({ type: 'zoom', ...fields }, { abortEarly: false })
  expect(error?.details.map(({ path }) => path.join('.')) ?? []).toEqual(where)
})
