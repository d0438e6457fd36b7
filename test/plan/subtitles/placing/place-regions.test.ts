import { expect, test } from 'vitest'
import { raisesOf } from '../../../../src/plan/subtitles/placing/place-regions.js'

const at = (start: number, end: number, height = 10) => ({ window: { start, end }, height })

test('a cue of a region is pushed up while later ones are shown', () => {
  expect(raisesOf(at(0, 100), [at(20, 60), at(40, 200, 20)])).toEqual([
    { window: { start: 0, end: 20 }, by: 0 },
    { window: { start: 20, end: 40 }, by: 10 },
    { window: { start: 40, end: 60 }, by: 30 },
    { window: { start: 60, end: 100 }, by: 20 },
  ])
})

test('a cue of a region that is alone stays where it is', () => {
  expect(raisesOf(at(5, 10), [at(10, 20)])).toEqual([{ window: { start: 5, end: 10 }, by: 0 }])
})
